// A bundle of new colour pencils on a table. Declare=Crop=1 gives the close view of their ends.
#version 3.7;
#include "woods.inc"
#ifndef (Crop) #declare Crop = 0; #end
global_settings { assumed_gamma 1.0 max_trace_level 8
  radiosity { pretrace_start 0.04 pretrace_end 0.01 count 90 error_bound 0.7 recursion_limit 1 brightness 0.9 } }
camera {
  #if (Crop)
    location <0.55, 5.3, -12.4> look_at <0.25, 3.55, 0> angle 14.5
    aperture 0.22 focal_point <0.2,3.6,-0.02> blur_samples 24 variance 1/4000
  #else
    location <-9.5, 9.5, -21> look_at <1.3, 2.3, 1.6> angle 31
    aperture 0.5 focal_point <0,3.2,0> blur_samples 24 variance 1/1500
  #end
  right x*4/3
}
background { srgb <0.94,0.88,0.78> }
light_source { <-40, 55, -30> srgb <1.0,0.93,0.80>*1.05 area_light x*16, z*16, 5, 5 adaptive 1 jitter circular orient }
light_source { <60, 40, -60> srgb <0.80,0.88,1.0>*0.22 shadowless }

plane { y, 0
  texture { pigment { wood turbulence 0.035 octaves 4 rotate <3,88,0> translate <4,9,2>
      color_map { [0 srgb <0.62,0.42,0.26>] [0.45 srgb <0.55,0.36,0.21>] [0.8 srgb <0.44,0.27,0.15>] [1 srgb <0.60,0.40,0.24>] } scale <2.1,2.1,8> }
    normal { wrinkles 0.05 scale <0.3,0.3,5> }
    finish { ambient 0 diffuse 0.78 specular 0.16 roughness 0.03 reflection { 0.0, 0.12 } } } }
// planks
#for (I, -4, 6)
  box { <-60,-0.01,-0.04>, <60,0.012,0.04> translate z*(I*9-3.4) pigment { srgb <0.16,0.09,0.05> } finish { ambient 0 diffuse 0.6 } }
#end
// the wall behind, far and soft
plane { -z, -46 pigment { gradient y color_map { [0 srgb <0.84,0.76,0.64>] [1 srgb <0.93,0.89,0.81>] } scale 40 } finish { ambient 0 diffuse 0.8 } }

#declare S = 0.58;                    // side of the hexagon
#declare A = S*sqrt(3)/2;             // half of its flat width
#macro Hex(Side, Z0, Z1)
  prism { linear_sweep linear_spline Z0, Z1, 7,
    #for (K, 0, 6) <Side*sin(K*pi/3), Side*cos(K*pi/3)> #if (K < 6) , #end #end
    rotate -90*x scale <1,1,-1> }
#end
#declare Wood = texture {
  pigment { wood turbulence 0.12 scale <0.09,0.09,1.2> rotate <4,6,0> color_map { [0 srgb <0.86,0.68,0.47>] [1 srgb <0.74,0.53,0.33>] } }
  normal { granite 0.06 scale 0.15 } finish { ambient 0 diffuse 0.8 specular 0.05 } }
#macro Paint(C) texture { pigment { C } finish { ambient 0 diffuse 0.72 specular 0.55 roughness 0.008 reflection { 0.01, 0.14 } } } #end
#declare Colours = array[14] {
  srgb <0.78,0.20,0.14>, srgb <0.93,0.52,0.15>, srgb <0.96,0.77,0.22>, srgb <0.43,0.62,0.26>, srgb <0.13,0.43,0.29>,
  srgb <0.16,0.50,0.56>, srgb <0.20,0.42,0.70>, srgb <0.12,0.20,0.42>, srgb <0.40,0.26,0.55>, srgb <0.72,0.30,0.50>,
  srgb <0.90,0.55,0.55>, srgb <0.45,0.28,0.17>, srgb <0.93,0.88,0.78>, srgb <0.16,0.16,0.18> }
#declare R = seed(83);
#macro Pencil(C, Len, Depth)
  union {
    object { Hex(S*0.985, 0.03, Len) Paint(C) }
    object { Hex(S*0.90, 0, Len-0.1) texture { Wood translate <rand(R)*9,rand(R)*9,0> } }
    cylinder { <0,0,-0.012>, <0,0,Len-0.2>, S*0.36 pigment { C } normal { granite 0.15 scale 0.2 } finish { ambient 0 diffuse 0.75 specular 0.1 } }
    translate z*Depth
  }
#end
// nineteen in a honeycomb
#declare Base = 2*1.5*S + S;
#for (Row, -2, 2)
  #declare N = 5 - abs(Row);
  #for (I, 0, N-1)
    #declare Pick = int(rand(R)*14);
    #if (Row = 0 & I = 2) #declare Pick = 2; #end
    object { Pencil(Colours[Pick], 15, (rand(R)-0.5)*0.28) rotate 0 translate <(I-(N-1)/2)*2*A, Base + Row*1.5*S, 0> }
  #end
#end
// the string around them
#declare Hull = array[13] { <2,4>, <3,3.5>, <5,0.5>, <5,-0.5>, <3,-3.5>, <2,-4>, <-2,-4>, <-3,-3.5>, <-5,-0.5>, <-5,0.5>, <-3,3.5>, <-2,4>, <2,4> }
#for (T, 0, 4)
  #declare Z = 6.0 + T*0.19;
  sphere_sweep { linear_spline 13,
    #for (K, 0, 12) <Hull[K].x*A*1.015, Base + Hull[K].y*S*1.015, Z + 0.04*mod(K+T,2)>, 0.1 #if (K < 12) , #end #end
    pigment { srgb <0.90,0.83,0.68> } normal { gradient x+z 0.6 scale 0.09 } finish { ambient 0 diffuse 0.8 } }
#end
// a few sharpened ones beside
#macro SharpPencil(C, Len)
  union {
    intersection { object { Hex(S*0.985, 0, Len) Paint(C) }
      cone { <0,0,Len-40>, 0.2*40, <0,0,Len-0.36>, 0.085 texture { Wood } } }
    cone { <0,0,Len-0.95>, 0.185, <0,0,Len>, 0.03 pigment { C } finish { ambient 0 diffuse 0.7 specular 0.15 } }
    translate <0,A,0>
  }
#end
object { SharpPencil(Colours[0], 13) rotate z*30 rotate y*(-152) translate <8.6,0,6.0> }
object { SharpPencil(Colours[3], 12.5) rotate z*30 rotate y*(148) translate <-9.2,0,4.5> }
