// A paper boat in a puddle after the rain.
#version 3.7;
#include "functions.inc"
global_settings { assumed_gamma 1.0 max_trace_level 8 }
camera { location <-3.0, 2.7, -7.4> look_at <0.15, 0.50, 0.2> angle 34 right x*4/3
  aperture 0.22 focal_point <-0.2,0.7,-0.6> blur_samples 20 variance 1/1500 }
sky_sphere { pigment { gradient y color_map { [0 srgb <0.96,0.88,0.74>] [0.2 srgb <0.88,0.86,0.82>] [0.6 srgb <0.60,0.74,0.86>] [1 srgb <0.38,0.56,0.76>] } }
  pigment { bozo turbulence 0.7 scale <0.7,0.25,0.7> translate 2 color_map { [0.45 rgbt 1] [0.7 srgbt <1,0.98,0.95,0.35>] [1 srgbt <1,0.97,0.93,0.1>] } } }
light_source { <-14, 20, -30> srgb <1.0,0.88,0.70>*1.3 area_light x*5, y*5, 4, 4 adaptive 1 jitter circular orient }
light_source { <10, 30, -40> srgb <0.75,0.84,1.0>*0.55 shadowless }
plane { y, 0 pigment { srgb <0.05,0.07,0.08> }
  normal { function { 0.13*sin(9*sqrt(x*x*0.55+z*z*1.4))*exp(-0.42*sqrt(x*x+z*z)) + 0.10*f_noise3d(x*1.3,0,z*1.3) } 0.5 }
  finish { ambient 0 diffuse 0.3 specular 0.05 roughness 0.02 reflection { 0.12, 0.95 fresnel } conserve_energy } interior { ior 1.33 } }
// wet paving around the puddle
height_field { function 600, 600 { 0.30 + 0.62*max(0, min(1, 3.2*(sqrt((x-0.5)*(x-0.5) + (y-0.46)*(y-0.46)*1.2) + 0.05*f_noise3d(x*9,0,y*9) - 0.215)))
    * (0.72 + 0.28*min(1, 9*abs(sin(x*34)*1.0))*min(1, 9*abs(sin(y*34 )))) + 0.02*f_noise3d(x*70,1,y*70) }
  smooth translate <-0.5,0,-0.46> scale <30, 0.9, 30> translate -0.45*y rotate y*28
  pigment { granite scale 0.6 color_map { [0 srgb <0.36,0.33,0.31>] [0.5 srgb <0.47,0.43,0.39>] [1 srgb <0.30,0.29,0.29>] } }
  normal { granite 0.25 scale 0.12 } finish { ambient 0 diffuse 0.6 specular 0.5 roughness 0.02 reflection { 0.02, 0.22 } } }
#declare Paper = texture { pigment { granite scale 0.4 color_map { [0 srgb <0.95,0.93,0.87>] [1 srgb <0.90,0.88,0.81>] } } normal { granite 0.03 scale 0.2 } finish { ambient 0 emission 0.03 diffuse 0.85 } }
#declare Lined = texture { pigment { gradient y color_map { [0 srgb <0.94,0.92,0.86>] [0.93 srgb <0.94,0.92,0.86>] [0.93 srgb <0.55,0.66,0.82>] [1 srgb <0.55,0.66,0.82>] } scale 0.13 rotate z*14 } normal { granite 0.03 scale 0.2 } finish { ambient 0 emission 0.03 diffuse 0.85 } }
#macro Tri(A,B,C) triangle { A, B, C } #end
#macro Quad(A,B,C,D) triangle { A, B, C } triangle { A, C, D } #end
union {
  #for (Side, -1, 1, 2)
    // outer hull: keel, side, bow and stern
    union {
      Quad(<-1.05,-0.12,0>, <1.05,-0.12,0>, <1.0,0.52,Side*0.42>, <-1.0,0.52,Side*0.42>)
      Tri(<1.05,-0.12,0>, <2.0,0.98,0>, <1.0,0.52,Side*0.42>)
      Tri(<-1.05,-0.12,0>, <-2.0,0.98,0>, <-1.0,0.52,Side*0.42>)
      Quad(<-1.0,0.52,Side*0.42>, <1.0,0.52,Side*0.42>, <0.55,0.62,Side*0.52>, <-0.55,0.62,Side*0.52>)
      texture { Lined } }
    // the fold-over that shows the paper's back
    union { Tri(<-1.0,0.52,Side*0.425>, <0,0.60,Side*0.535>, <-0.15,0.05,Side*0.15>) texture { Paper } }
    // the sail's two faces
    union { Tri(<-0.86,0.10,Side*0.05>, <0.86,0.10,Side*0.05>, <0,1.62,0>) texture { Paper } }
    // inner walls
    union { Tri(<2.0,0.98,0>, <0.86,0.12,0.0>, <1.0,0.52,Side*0.42>) Tri(<-2.0,0.98,0>, <-0.86,0.12,0.0>, <-1.0,0.52,Side*0.42>) texture { Paper } }
  #end
  rotate <2,-24,1.5> translate <0,0.02,0> }
// fallen leaves
#macro Leaf(C) 
  union { #for (K, 0, 15) #declare U = K/15;
    sphere { 0, 1 scale <0.055, 0.012, 0.30*sin(pi*pow(U,0.8))+0.012> translate <(U-0.5)*1.1, 0.035*sin(U*pi)+0.03*U, 0> } #end
    cylinder { <-0.55,0.03,0>, <-0.9,0.07,0.05>, 0.014 }
    pigment { C } normal { wrinkles 0.3 scale 0.08 } finish { ambient 0 diffuse 0.75 specular 0.3 roughness 0.03 } scale 0.62 }
#end
object { Leaf(srgb <0.82,0.42,0.10>) rotate y*35 translate <-1.9,0.005,-1.7> }
object { Leaf(srgb <0.90,0.66,0.16>) rotate y*110 translate <2.3,0.005,-0.7> }
object { Leaf(srgb <0.68,0.22,0.10>) rotate y*200 translate <1.5,0.005,2.4> }
object { Leaf(srgb <0.86,0.52,0.14>) rotate y*80 translate <-3.2,0.005,2.0> }
object { Leaf(srgb <0.60,0.40,0.14>) rotate <8,20,0> translate <4.6,0.25,2.6> }
