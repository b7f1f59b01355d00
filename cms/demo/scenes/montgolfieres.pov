// Hot-air balloons over misty hills, a little after sunrise.
#version 3.7;
#include "functions.inc"
global_settings { assumed_gamma 1.0 max_trace_level 6 }
camera { location <0, 62, -150> look_at <6, 67, 0> angle 46 right x*4/3 }
sky_sphere { pigment { gradient y color_map {
  [0 srgb <1.0,0.85,0.66>] [0.10 srgb <0.99,0.79,0.62>] [0.24 srgb <0.84,0.76,0.76>] [0.5 srgb <0.52,0.68,0.82>] [1 srgb <0.24,0.44,0.68>] } }
  pigment { bozo turbulence 0.6 octaves 6 scale <0.8,0.12,0.8> translate 5.2 color_map { [0.48 rgbt 1] [0.75 srgbt <1.0,0.90,0.80,0.55>] [1 srgbt <1,0.86,0.78,0.25>] } } }
light_source { <-700, 300, -300> srgb <1.0,0.82,0.58>*1.35 parallel point_at 0 }
light_source { <300, 500, -700> srgb <0.62,0.74,0.95>*0.5 shadowless }
fog { fog_type 2 distance 190 srgb <0.98,0.83,0.70> fog_offset 8 fog_alt 20 turbulence 0.25 }
plane { y, 4 pigment { srgb <1.0,0.88,0.76> } finish { ambient 0 emission 0.78 diffuse 0.1 } }
#macro Hills(Off, H, Z, W, D, Dark)
  height_field {
    function 500, 500 { 0.25 + 0.55*f_noise3d(x*4.2+Off, 0, y*4.2+Off) + 0.13*f_noise3d(x*15+Off, 3, y*15) + 0.045*f_noise3d(x*70, 5, y*70) + 0.05*f_noise3d(x*170, 5, y*170) }
    smooth translate <-0.5,0,0> scale <W, H, D> translate z*Z
    texture { pigment { bozo scale 26 turbulence 0.7 color_map {
        [0 srgb <0.20,0.30,0.18>*Dark] [0.45 srgb <0.27,0.37,0.20>*Dark] [0.55 srgb <0.50,0.50,0.26>*Dark] [0.75 srgb <0.42,0.47,0.25>*Dark] [1 srgb <0.17,0.26,0.17>*Dark] } }
      normal { granite 0.5 scale 4 } finish { ambient 0 diffuse 0.8 } } }
#end
Hills(2.3, 46, -150, 620, 420, 1.0)
Hills(7.1, 84, 190, 1100, 420, 0.9)
Hills(4.7, 165, 560, 2200, 600, 0.85)
Hills(9.9, 300, 1150, 4200, 900, 0.8)
// trees: small round crowns along the near hills
#declare R = seed(77);
#declare Crown = blob { threshold 0.5 #declare Q = seed(3); #for (I, 0, 16) sphere { <rand(Q)*1.6-0.8, rand(Q)*2.0, rand(Q)*1.6-0.8>, 1.0, 1 } #end }
#declare Ground = height_field { function 500, 500 { 0.25 + 0.55*f_noise3d(x*4.2+2.3, 0, y*4.2+2.3) + 0.13*f_noise3d(x*15+2.3, 3, y*15) } smooth translate <-0.5,0,0> scale <620, 46, 420> translate -150*z }
#for (I, 0, 1500)
  #declare Px = (rand(R)-0.5)*330; #declare Pz = -60 + rand(R)*240; #declare N = <0,0,0>;
  #if (f_noise3d(Px*0.035, 2, Pz*0.035) > 0.5)
    #declare Hit = trace(Ground, <Px, 200, Pz>, -y, N);
    object { Crown scale <1.0,1.1,1.0>*(0.8+rand(R)*1.1) rotate y*rand(R)*360 translate Hit
      pigment { srgb <0.19+rand(R)*0.16, 0.29+rand(R)*0.09, 0.13+rand(R)*0.05> } normal { granite 0.7 scale 0.5 } finish { ambient 0 diffuse 0.8 } }
  #end
#end
#macro Balloon(P, Sc, Turn, C1, C2, C3)
  union {
    #declare Gores = 16;
    lathe { cubic_spline 13, <1.2,-14>, <1.45,-12.2>, <2.0,-11.6>, <4.4,-8.4>, <7.2,-4.4>, <9.2,0>, <9.75,3.4>, <9.0,6.8>, <6.9,9.5>, <3.6,11.1>, <1.2,11.5>, <0.01,11.55>, <-1,11.5>
      texture {
        pigment { gradient y pigment_map {
          [0.00 C3] [0.20 C3] [0.20 radial color_map { [0.5 C1] [0.5 C2] } frequency 8]
          [0.62 radial color_map { [0.5 C1] [0.5 C2] } frequency 8] [0.62 C3] [0.72 C3] [0.72 radial color_map { [0.5 C2] [0.5 C1] } frequency 8] [1 C1] } scale 24 translate -12.2*y }
        normal { radial 0.9 sine_wave frequency 16 }
        finish { ambient 0 emission 0.03 diffuse 0.85 specular 0.12 roughness 0.08 } } }
    #for (K, 0, 7) cylinder { <1.35,-12.2,0>, <0.85,-16.4,0>, 0.035 rotate y*K*45 pigment { srgb <0.2,0.16,0.12> } } #end
    difference { superellipsoid { <0.25,0.25> scale <1.05,0.85,1.05> } box { <-0.9,-0.6,-0.9>, <0.9,2,0.9> } translate -17.1*y
      pigment { srgb <0.48,0.31,0.17> } normal { quilted 0.5 scale 0.25 } finish { ambient 0 diffuse 0.8 } }
    torus { 1.0, 0.12 translate -16.3*y pigment { srgb <0.35,0.2,0.1> } }
    cylinder { <-0.35,-16.8,0>, <-0.35,-15.4,0>, 0.22 pigment { srgb <0.15,0.18,0.28> } } sphere { <-0.35,-15.2,0>, 0.2 pigment { srgb <0.75,0.5,0.38> } }
    cylinder { <0.4,-16.8,0.2>, <0.4,-15.5,0.2>, 0.22 pigment { srgb <0.6,0.18,0.12> } } sphere { <0.4,-15.3,0.2>, 0.2 pigment { srgb <0.5,0.32,0.24> } }
    sphere { 0, 1 scale <0.25,0.8,0.25> translate -12.6*y pigment { srgb <1,0.8,0.4> } finish { emission 1.5 diffuse 0 ambient 0 } }
    scale Sc rotate y*Turn translate P }
#end
Balloon(<-15, 80, -40>, 1.0, 12, srgb <0.80,0.22,0.13>, srgb <0.96,0.90,0.78>, srgb <0.13,0.25,0.42>)
Balloon(<34, 66, 60>, 1.0, 40, srgb <0.95,0.70,0.22>, srgb <0.93,0.50,0.16>, srgb <0.96,0.92,0.82>)
Balloon(<78, 98, 170>, 1.0, 70, srgb <0.17,0.43,0.33>, srgb <0.92,0.90,0.78>, srgb <0.90,0.62,0.18>)
Balloon(<-104, 78, 210>, 1.0, 5, srgb <0.20,0.40,0.66>, srgb <0.92,0.93,0.92>, srgb <0.78,0.26,0.18>)
Balloon(<20, 122, 420>, 1.0, 25, srgb <0.55,0.25,0.45>, srgb <0.95,0.72,0.55>, srgb <0.95,0.90,0.80>)
