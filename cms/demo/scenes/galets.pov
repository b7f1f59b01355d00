// A cairn of pebbles on the beach, the sun low over the sea.
#version 3.7;
#include "functions.inc"
global_settings { assumed_gamma 1.0 max_trace_level 6 }
camera { location <-1.2, 3.0, -13> look_at <0.9, 2.6, 0> angle 40 right x*4/3
  aperture 0.32 focal_point <0,3,-1> blur_samples 12 variance 1/600 }
sky_sphere { pigment { gradient y color_map {
  [0 srgb <1.0,0.76,0.48>] [0.08 srgb <0.99,0.72,0.52>] [0.25 srgb <0.86,0.70,0.70>] [0.6 srgb <0.52,0.62,0.76>] [1 srgb <0.32,0.46,0.66>] } }
  pigment { bozo turbulence 0.7 scale <1.0,0.13,1> translate 9 color_map { [0.5 rgbt 1] [0.8 srgbt <1.0,0.84,0.70,0.5>] [1 srgbt <1,0.80,0.70,0.3>] } } }
light_source { <55, 22, 50> srgb <1.0,0.74,0.46>*1.9 area_light x*5, y*5, 3, 3 adaptive 1 jitter circular orient }
light_source { <-40, 50, -50> srgb <0.86,0.86,0.92>*1.5 area_light x*24, z*24, 3, 3 adaptive 1 jitter circular orient }
// the sun's disc
sphere { <150, 38, 400>, 13 pigment { srgb <1,0.92,0.72> } finish { emission 1.6 ambient 0 diffuse 0 } no_shadow }
// sea and sand
plane { y, -0.3 pigment { srgb <0.16,0.27,0.33> }
  normal { average normal_map { [1 bumps 0.5 scale <4,1,1.2>] [1 bumps 0.4 scale <1,1,0.35>] } }
  finish { ambient 0 diffuse 0.35 specular 0.8 roughness 0.015 reflection { 0.1, 0.8 fresnel } conserve_energy } interior { ior 1.33 } }
height_field { function 300, 300 { 0.5 + 0.10*f_noise3d(x*14,0,y*14) - 0.52*max(0,y-0.52) }
  smooth translate <-0.5,0,-0.2> scale <70, 3.0, 40> translate <0,-1.62,0>
  pigment { granite scale 0.05 color_map { [0 srgb <0.50,0.40,0.30>] [0.5 srgb <0.62,0.51,0.39>] [1 srgb <0.42,0.34,0.27>] } }
  normal { granite 0.35 scale 0.25 } finish { ambient 0 diffuse 0.75 specular 0.06 } }
#declare R = seed(41);
#macro Stone(C1, C2, Sc)
  texture { pigment { granite turbulence 0.2 scale Sc color_map { [0 C1] [0.45 C2] [0.7 C1] [1 C2*0.7] } translate rand(R)*20 }
    normal { granite 0.05 scale 0.3 } finish { ambient 0 diffuse 0.78 specular 0.14 roughness 0.05 } }
#end
#macro Pebble(W, H, D) superellipsoid { <1.0, 0.88> rotate 90*x scale <W,H,D> } #end
union {
  object { Pebble(2.15,0.62,1.75) Stone(srgb <0.36,0.37,0.40>, srgb <0.50,0.50,0.52>, 0.9) rotate z*1.5 translate <0,0.42,0> }
  object { Pebble(1.72,0.52,1.45) Stone(srgb <0.62,0.52,0.42>, srgb <0.74,0.64,0.53>, 0.7) rotate <0,30,-3> translate <0.12,1.50,0> }
  object { Pebble(1.38,0.47,1.20) Stone(srgb <0.24,0.26,0.31>, srgb <0.36,0.38,0.42>, 0.8) rotate <0,10,3> translate <-0.08,2.44,0> }
  object { Pebble(1.12,0.40,0.95) Stone(srgb <0.76,0.72,0.66>, srgb <0.86,0.82,0.76>, 0.6) rotate <0,50,-2> translate <0.1,3.28,0> }
  object { Pebble(0.84,0.36,0.74) Stone(srgb <0.50,0.30,0.24>, srgb <0.62,0.40,0.32>, 0.5) rotate <0,0,4> translate <0.0,4.01,0> }
  object { Pebble(0.58,0.28,0.52) Stone(srgb <0.42,0.44,0.44>, srgb <0.56,0.58,0.57>, 0.5) rotate <0,0,-4> translate <0.06,4.62,0> }
  object { Pebble(0.34,0.21,0.30) Stone(srgb <0.88,0.85,0.80>, srgb <0.95,0.92,0.88>, 0.4) rotate <0,0,6> translate <0.03,5.08,0> }
  rotate y*12
}
#for (I, 0, 420)
  #declare Far = pow(rand(R), 1.7);
  #declare Px = (rand(R)-0.5)*(16 + 22*Far);
  #declare Pz = -6 + 22*Far;
  #if (sqrt(Px*Px+Pz*Pz) > 2.3)
    #declare W = 0.16 + 0.55*pow(rand(R),3);
    #declare G = 0.24 + rand(R)*0.5;
    #declare Warm = (rand(R)-0.3)*0.14;
    object { Pebble(W*1.25, W*0.5, W) rotate <rand(R)*14-7, rand(R)*360, rand(R)*14-7> translate <Px, -0.02+W*0.12, Pz>
      Stone(srgb <G+Warm,G,G-Warm*0.8>, srgb <G+Warm,G,G-Warm*0.8>*1.25, 0.3) }
  #end
#end
