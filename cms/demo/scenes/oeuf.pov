// Breakfast by the window: a soft-boiled egg and its soldiers.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 7
  radiosity { pretrace_start 0.04 pretrace_end 0.01 count 80 error_bound 0.8 recursion_limit 1 brightness 0.8 } }
camera { location <-3.2, 8.4, -15.5> look_at <0.9, 2.15, 0> angle 35 right x*4/3
  aperture 0.42 focal_point <0,3.6,-0.8> blur_samples 20 variance 1/1500 }
background { srgb <0.86,0.88,0.90> }
light_source { <-34, 26, 12> srgb <1.0,0.92,0.78>*1.35 area_light y*12, z*12, 4, 4 adaptive 1 jitter circular orient }
light_source { <30, 30, -40> srgb <0.78,0.86,1.0>*0.22 shadowless }
plane { y, 0 // linen
  pigment { average pigment_map { [1 gradient x color_map { [0 srgb <0.80,0.83,0.84>] [0.5 srgb <0.88,0.89,0.87>] [1 srgb <0.80,0.83,0.84>] } scale 0.11] [1 gradient z color_map { [0 srgb <0.79,0.82,0.83>] [0.5 srgb <0.89,0.90,0.88>] [1 srgb <0.79,0.82,0.83>] } scale 0.11 ] } }
  normal { average normal_map { [1.6 bumps 0.5 scale <9,1,2.4> rotate y*24] [0.7 quilted 0.25 scale 0.11] } }
  finish { ambient 0 diffuse 0.82 } }
#for (I, -1, 1) // woven stripes
  box { <-60,-0.01,-0.16>, <60,0.004,0.16> translate z*(6.4+I*0.62) rotate y*(-8) pigment { srgb <0.35,0.48,0.62> } finish { diffuse 0.75 ambient 0 } }
#end
plane { -z, -42 pigment { gradient y color_map { [0 srgb <0.60,0.66,0.66>] [1 srgb <0.82,0.84,0.82>] } scale 34 } finish { ambient 0 diffuse 0.8 } }
#declare Glaze = texture { pigment { gradient y color_map {
    [0 srgb <0.93,0.91,0.86>] [0.78 srgb <0.93,0.91,0.86>] [0.78 srgb <0.20,0.36,0.56>] [0.86 srgb <0.20,0.36,0.56>] [0.86 srgb <0.93,0.91,0.86>] } scale 3.05 }
  finish { ambient 0 diffuse 0.76 specular 0.6 roughness 0.006 reflection { 0.02, 0.25 } } }
lathe { cubic_spline 14, <0,-0.2>, <0,0.0>, <1.30,0.02>, <1.42,0.12>, <1.05,0.30>, <0.50,0.62>, <0.46,0.95>, <0.95,1.35>, <1.58,2.05>, <1.78,2.95>, <1.66,3.0>, <1.45,2.1>, <0.8,1.5>, <0,1.45> texture { Glaze } }
#declare EggShape = union { 
  intersection { sphere { 0, 1 scale <1.42,1.95,1.42> } plane { -y, 0 } }
  intersection { sphere { 0, 1 scale <1.42,1.5,1.42> } plane { y, 0.001 } } }
#declare EggIn = object { EggShape scale 0.965 }
difference {
  object { EggShape }
  plane { -y, -1.18 pigment { srgb <0.97,0.96,0.92> } normal { bumps 0.12 scale 0.25 } finish { ambient 0 diffuse 0.85 specular 0.35 roughness 0.02 } }
  sphere { <0.02,1.28,-0.02>, 0.60 scale <1,1,1> pigment { srgb <0.96,0.58,0.08> } }
  pigment { bozo scale 0.08 turbulence 0.6 color_map { [0 srgb <0.80,0.57,0.41>] [0.72 srgb <0.84,0.62,0.46>] [0.9 srgb <0.70,0.46,0.32>] } }
  normal { bumps 0.05 scale 0.05 } finish { ambient 0 diffuse 0.8 specular 0.12 roughness 0.07 }
  translate 2.95*y }
difference { // broken rim of the shell
  intersection { object { EggShape } plane { y, 1.26 } plane { -y, -1.1 } }
  object { EggIn }
  pigment { srgb <0.85,0.64,0.49> } finish { ambient 0 diffuse 0.8 } translate 2.95*y }
sphere { 0, 1 scale <0.56,0.16,0.56> translate <0.02,4.10,-0.02> pigment { srgb <0.97,0.60,0.06> } normal { bumps 0.06 scale 0.4 } finish { ambient 0 emission 0.04 diffuse 0.8 specular 0.9 roughness 0.004 reflection 0.04 } }
// the yolk that ran over
sphere_sweep { b_spline 6, <0.2,4.16,-0.4>,0.22, <0.36,4.20,-0.78>,0.17, <0.46,4.12,-1.02>,0.13, <0.54,3.82,-1.19>,0.11, <0.60,3.5,-1.30>,0.13, <0.60,3.3,-1.3>,0.05
  pigment { srgb <0.97,0.60,0.06> } finish { ambient 0 diffuse 0.8 specular 0.9 roughness 0.004 reflection 0.03 } }
// plate
lathe { cubic_spline 9, <0,-0.2>, <0,0>, <2.6,0.02>, <3.0,0.10>, <4.5,0.48>, <4.62,0.56>, <4.4,0.58>, <2.9,0.22>, <0,0.2> 
  pigment { srgb <0.92,0.90,0.85> } finish { ambient 0 diffuse 0.78 specular 0.5 roughness 0.008 reflection { 0.01, 0.2 } } translate <5.4,0,2.2> }
#declare R = seed(5);
#macro Soldier()
  union {
    box { <-0.42,0,-2.0>, <0.42,0.52,2.0> pigment { granite scale 0.5 color_map { [0 srgb <0.93,0.82,0.60>] [0.5 srgb <0.86,0.66,0.38>] [1 srgb <0.72,0.45,0.20>] } }
      normal { granite 0.7 scale 0.35 } finish { ambient 0 diffuse 0.8 } }
    box { <-0.46,-0.02,-2.06>, <-0.40,0.54,2.04> pigment { srgb <0.50,0.28,0.12> } normal { granite 0.3 scale 0.3 } }
    box { <-0.44,-0.01,1.98>, <0.44,0.53,2.08> pigment { srgb <0.52,0.29,0.12> } normal { granite 0.3 scale 0.3 } }
    box { <-0.36,0.5,-1.9>, <0.36,0.545,1.85> pigment { srgb <0.97,0.86,0.50> } normal { bumps 0.3 scale 0.3 } finish { ambient 0 diffuse 0.8 specular 0.7 roughness 0.01 } }
  }
#end
object { Soldier() rotate y*68 translate <5.1,0.24,1.1> }
object { Soldier() rotate y*76 translate <5.6,0.24,2.4> }
object { Soldier() rotate y*62 translate <5.5,0.24,3.7> }
object { Soldier() rotate <0,116,7> translate <5.4,0.86,2.2> }
// spoon
union {
  difference { sphere { 0, 1 scale <0.78,0.42,1.12> } sphere { 0, 1 scale <0.72,0.38,1.06> translate 0.05*y } box { <-2,0.02,-2>, <2,2,2> } }
  sphere_sweep { cubic_spline 6, <0,0,0.6>,0.12, <0,-0.02,1.05>,0.12, <0,0.35,2.2>,0.10, <0,0.55,4.0>,0.13, <0,0.15,6.2>,0.17, <0,0,6.6>,0.16 }
  pigment { srgb <0.80,0.79,0.77> } finish { ambient 0 diffuse 0.25 specular 0.9 roughness 0.006 metallic reflection { 0.55 metallic } }
  rotate y*214 translate <-2.9,0.4,-0.6> }
// salt
lathe { cubic_spline 9, <0,-0.2>, <0,0>, <0.95,0.05>, <1.05,0.9>, <0.86,2.2>, <0.80,2.5>, <0.7,2.85>, <0.3,3.05>, <0,3.08>
  pigment { gradient y color_map { [0 srgb <0.25,0.42,0.60>] [0.80 srgb <0.25,0.42,0.60>] [0.80 srgb <0.78,0.78,0.76>] [1 srgb <0.8,0.8,0.78>] } scale 3.09 } finish { ambient 0 diffuse 0.6 specular 0.6 roughness 0.01 reflection { 0.03, 0.3 } } translate <-4.6,0,8> }
