#!/bin/sh
# Render the demo's photos from their scenes, as PNG: [OUT=folder] [WIDTH=1600] ./render.sh [name ...]; needs povray.
set -e
cd "$(dirname "$0")"
out=${OUT:-../photos}
[ $# -gt 0 ] || set -- phare phare-gros-plan montgolfieres crayons crayons-gros-plan oeuf galets billes bateau
for name in "$@"; do
    scene=${name%-gros-plan}
    crop=0
    [ "$scene" = "$name" ] || crop=1
    aa=-A
    [ "$scene" = phare ] && aa="+A0.2 +AM2 +R2"
    [ "$scene" = montgolfieres ] && aa="+A0.2"
    povray "-I$scene.pov" "Declare=Crop=$crop" "-O$out/$name.png" "+W${WIDTH:-1600}" "+H$((${WIDTH:-1600} * 3 / 4))" $aa -D +WT2 >"$out/$name.log" 2>&1
done
