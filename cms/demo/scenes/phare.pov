// A lighthouse on its rock at dusk. Declare=Crop=1 gives the close view of the lamp room.
#version 3.7;
#include "functions.inc"
#ifndef (Crop) #declare Crop = 0; #end
global_settings { assumed_gamma 1.0 max_trace_level 12 }

camera {
  #if (Crop)
    location <-7, 17.8, -30> look_at <0.1, 26.8, 0> angle 5.3
  #else
    location <-17, 3.6, -62> look_at <-6, 13.5, 0> angle 43
  #end
  right x*4/3
}

sky_sphere {
  pigment { gradient y color_map {
    [0.00 srgb <0.98,0.62,0.36>] [0.06 srgb <0.95,0.60,0.46>] [0.14 srgb <0.74,0.56,0.62>]
    [0.30 srgb <0.33,0.44,0.64>] [0.70 srgb <0.10,0.20,0.40>] [1.0 srgb <0.05,0.10,0.24>] } }
  pigment { bozo turbulence 0.65 octaves 6 omega 0.55 lambda 2.2 scale <0.9,0.16,0.9> translate 3.3
    color_map { [0.0 rgbt 1] [0.52 rgbt 1] [0.75 srgbt <0.98,0.66,0.52,0.55>] [1.0 srgbt <0.60,0.42,0.52,0.35>] } }
}
light_source { <-900, 130, 500> srgb <1.0,0.62,0.40>*0.9 }
light_source { <-500, 900, -900> srgb <0.50,0.58,0.82>*0.85 shadowless }

plane { y, 0
  texture {
    pigment { srgb <0.05,0.12,0.20> }
    normal { average normal_map {
      [1 bumps 0.35 scale <3.0,1,1.1> turbulence 0.2] [1 wrinkles 0.28 scale <0.9,1,0.4>] [0.6 bumps 0.5 scale 0.35] } }
    finish { ambient 0 diffuse 0.4 specular 0.5 roughness 0.01 reflection { 0.08, 0.85 fresnel on } conserve_energy }
  }
  interior { ior 1.33 }
}
fog { fog_type 2 distance 420 srgb <0.90,0.62,0.50>*0.9 fog_offset 0 fog_alt 5 }

#declare Rough = function { f_ridged_mf(x*5, 0.3, z*5, 0.7, 2.2, 7, 0.85, 1.1, 1) }
height_field {
  function 700, 700 {
    max(0, (1 - 2.05*sqrt((x-0.5)*(x-0.5)*1.0 + (y-0.5)*(y-0.5)*1.9)))
    * (0.42 + 0.22*f_ridged_mf(x*6, 0.3, y*6, 0.8, 2.2, 7, 0.85, 1.1, 1)) }
  smooth
  translate <-0.5, 0, -0.5>
  scale <62, 13.5, 46>
  translate <3, -1.2, 2>
  texture {
    pigment { slope { y } color_map { [0.0 srgb <0.20,0.18,0.19>] [0.72 srgb <0.38,0.34,0.32>] [0.86 srgb <0.38,0.41,0.27>] [1 srgb <0.40,0.45,0.27>] } }
    normal { granite 0.5 scale 0.6 }
    finish { ambient 0 diffuse 0.75 specular 0.08 roughness 0.06 }
  }
}

#declare White = texture { pigment { srgb <0.93,0.91,0.87> } normal { bumps 0.08 scale 0.4 } finish { ambient 0.01 diffuse 0.8 specular 0.1 } }
#declare Red = texture { pigment { srgb <0.74,0.17,0.11> } normal { bumps 0.06 scale 0.4 } finish { ambient 0.01 diffuse 0.75 specular 0.25 roughness 0.03 } }
#declare Iron = texture { pigment { srgb <0.13,0.15,0.19> } finish { ambient 0 diffuse 0.6 specular 0.4 roughness 0.04 } }
#declare Tower = cone { <0,3,0>, 3.4, <0,24,0>, 2.1 }

union {
  object { Tower texture { gradient y texture_map { [0.0 White] [0.25 White] [0.25 Red] [0.5 Red] [0.5 White] [0.75 White] [0.75 Red] [1 Red] } scale 21 translate 3*y } }
  // windows
  #for (I, 0, 3)
    box { <-0.42,-0.75,-0.3>, <0.42,0.75,0.3> translate <0,7.0+I*4.6,-(3.08-I*0.28)> rotate y*(22)
      pigment { srgb <1.0,0.70,0.32> } finish { ambient 0 emission 0.85*mod(I+1,2)+0.05 diffuse 0.3 } }
    difference {
      box { <-0.62,-0.95,-0.25>, <0.62,0.95,0.25> } box { <-0.42,-0.75,-1>, <0.42,0.75,1> }
      translate <0,7.0+I*4.6,-(3.10-I*0.28)> rotate y*22 texture { White } }
  #end
  // gallery
  cylinder { <0,23.7,0>, <0,24.15,0>, 3.05 texture { Iron } }
  cone { <0,22.7,0>, 2.2, <0,23.7,0>, 2.95 texture { White } }
  #for (I, 0, 23)
    cylinder { <2.9,24.1,0>, <2.9,25.4,0>, 0.055 rotate y*I*15 texture { Iron } }
  #end
  torus { 2.9, 0.075 translate 25.4*y texture { Iron } }
  torus { 2.9, 0.05 translate 24.8*y texture { Iron } }
  // lamp room
  cylinder { <0,24.1,0>, <0,25.2,0>, 1.85 texture { White } }
  #for (I, 0, 7)
    cylinder { <1.72,25.2,0>, <1.72,28.3,0>, 0.065 rotate y*(I*45+35) texture { Iron } }
  #end
  torus { 1.75, 0.12 translate 25.2*y texture { Iron } }
  torus { 1.75, 0.14 translate 28.3*y texture { Iron } }
  difference { cylinder { <0,25.2,0>, <0,28.3,0>, 1.70 } cylinder { <0,25,0>, <0,28.5,0>, 1.66 }
    pigment { rgbt <0.95,0.98,1,0.94> } finish { ambient 0 diffuse 0.05 specular 0.7 roughness 0.003 reflection { 0.02, 0.4 } } }
  // dome, closed by its ceiling
  cylinder { <0,28.22,0>, <0,28.36,0>, 1.78 texture { Iron } }
  intersection { sphere { <0,28.2,0>, 1.95 scale <1,1,1> } plane { -y, -28.3 } texture { Red } }
  cylinder { <0,30,0>, <0,31.6,0>, 0.06 texture { Iron } }
  sphere { <0,30.3,0>, 0.26 texture { Iron } }
  // Fresnel lens: stacked rings of glass around the light
  cylinder { <0,25.3,0>, <0,25.9,0>, 0.45 texture { Iron } }
  #for (I, -5, 5)
    torus { 0.98 - 0.018*I*I, 0.13 scale <1,0.82,1> translate (26.85 + I*0.19)*y
      pigment { srgbt <1.0,0.66,0.22,0.22> } finish { ambient 0 emission 0.55 diffuse 0.07 specular 0.9 roughness 0.004 reflection { 0.05, 0.5 } } }
  #end
  sphere { <0,26.85,0>, 0.62 pigment { srgb <1.0,0.93,0.70> } finish { ambient 0 emission 1.6 diffuse 0 } no_shadow }
}
#if (!Crop)
// glow in the evening air
sphere { 0, 1 hollow pigment { rgbt 1 } no_shadow no_reflection
  interior { media { emission srgb <1.0,0.66,0.26>*0.12 intervals 1 samples 24 method 3
    density { spherical poly_wave 2.6 color_map { [0 rgb 0] [1 rgb 1.6] } } } }
  scale 9 translate 26.85*y }
#end
light_source { <0,26.85,0> srgb <1.0,0.74,0.36>*1.5 fade_distance 6 fade_power 2 shadowless }
// keeper's cottage
union {
  box { <-3.2,0,-2.4>, <3.2,3.0,2.4> texture { White } }
  prism { linear_sweep linear_spline -3.5, 3.5, 4, <-2.9,2.9>, <0,5.2>, <2.9,2.9>, <-2.9,2.9> rotate <0,0,0> rotate -90*x rotate 90*y scale <1,1,1>
    pigment { srgb <0.30,0.20,0.18> } finish { ambient 0 diffuse 0.7 } }
  box { <-2.0,1.1,-2.45>, <-1.0,2.2,-2.3> pigment { srgb <1.0,0.68,0.30> } finish { emission 0.9 ambient 0 } }
  box { <0.6,0,-2.45>, <1.6,2.2,-2.3> pigment { srgb <0.24,0.33,0.42> } }
  box { <1.8,3.8,-0.4>, <2.6,6.0,0.4> texture { White } }
  scale 0.95 rotate y*14 translate <-7.0,2.5,1.5>
}
