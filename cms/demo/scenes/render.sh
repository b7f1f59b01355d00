#!/bin/sh
# Render the photos of the demo from their scenes: ./render.sh [name ...]; needs povray and ImageMagick or Pillow for the JPEG.
set -e
cd "$(dirname "$0")"
out=${OUT:-../photos}
[ $# -gt 0 ] || set -- phare phare-gros-plan montgolfieres crayons crayons-gros-plan oeuf galets billes bateau
for name in "$@"; do
    scene=${name%-gros-plan}
    crop=0
    [ "$scene" = "$name" ] || crop=1
    aa=-A
    [ "$scene" = phare ] && aa="+A0.1 +AM2"
    [ "$scene" = montgolfieres ] && aa="+A0.2"
    povray "-I$scene.pov" "Declare=Crop=$crop" "-O$out/$name.png" +W1600 +H1200 $aa -D +WT2 >"$out/$name.log" 2>&1
done
