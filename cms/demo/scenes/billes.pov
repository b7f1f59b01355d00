// Glass marbles in the morning sun, on a schoolyard bench.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 12 photons { count 160000 autostop 0 } }
camera { location <-1.5, 5.4, -11.5> look_at <0.5, 0.55, 0.3> angle 36 right x*4/3 }
sky_sphere { pigment { gradient y color_map { [0 srgb <0.93,0.90,0.82>] [0.4 srgb <0.70,0.80,0.90>] [1 srgb <0.40,0.58,0.80>] } } }
light_source { <-38, 34, 26> srgb <1.0,0.90,0.72>*1.45 photons { reflection off refraction on } }
light_source { <30, 40, -40> srgb <0.86,0.90,1.0>*0.85 shadowless }
#for (I, -5, 7)
  box { <-60,-0.5,-1.93>, <60,0,1.93> translate z*I*4
    texture { pigment { wood turbulence 0.03 octaves 4 rotate <2,88,0> translate <I*7.3,6+I*1.7,I> scale <1.3,1.3,6>
        color_map { [0 srgb <0.58,0.47,0.36>] [0.5 srgb <0.50,0.39,0.29>] [0.85 srgb <0.38,0.29,0.21>] [1 srgb <0.55,0.44,0.34>] } }
      normal { wrinkles 0.14 scale <4,0.2,0.14> } finish { ambient 0 diffuse 0.8 specular 0.08 roughness 0.05 } } }
#end
plane { y, -3 pigment { srgb <0.08,0.07,0.06> } }
#declare R = seed(12);
#macro Marble(P, Rad, Tint, C1, C2)
  union {
    sphere { 0, 1 
      texture { pigment { srgbf <Tint.x,Tint.y,Tint.z,0.93> } finish { ambient 0 diffuse 0.04 specular 0.9 roughness 0.001 reflection { 0.03, 0.9 fresnel on } conserve_energy } }
      interior { ior 1.46 fade_distance 2.2 fade_power 1.5 fade_color Tint }
      photons { target reflection off refraction on } }
    // the twisted ribbon inside
    #for (B, 0, 2)
      sphere_sweep { cubic_spline 13
        #for (K, -1, 11)
          #declare U = (K-5)/5;
          #declare An = U*2.1 + B*2*pi/3;
          , <0.52*(1-0.75*U*U)*cos(An), 0.80*U, 0.52*(1-0.75*U*U)*sin(An)>, 0.11*(1.12-U*U*0.9)
        #end
        tolerance 0.01
        pigment { #if (mod(B,2)) C2 #else C1 #end } finish { ambient 0.02 emission 0.12 diffuse 0.8 specular 0.3 } photons { pass_through } }
    #end
    rotate <rand(R)*360,rand(R)*360,rand(R)*360> scale Rad translate P + y*Rad
  }
#end
Marble(<0,0,-1.2>, 1.05, <0.93,0.98,1.0>, srgb <0.16,0.42,0.78>, srgb <0.96,0.76,0.20>)
Marble(<-2.35,0,0.1>, 0.95, <0.90,1.0,0.94>, srgb <0.12,0.55,0.36>, srgb <0.95,0.93,0.86>)
Marble(<2.15,0,-0.2>, 0.98, <1.0,0.94,0.88>, srgb <0.85,0.25,0.14>, srgb <0.98,0.80,0.30>)
Marble(<0.5,0,1.35>, 0.95, <1.0,0.92,0.95>, srgb <0.68,0.20,0.45>, srgb <0.95,0.90,0.92>)
Marble(<-1.5,0,2.9>, 0.95, <0.88,0.94,1.0>, srgb <0.10,0.20,0.50>, srgb <0.45,0.75,0.90>)
Marble(<3.6,0,2.6>, 1.0, <0.98,1.0,0.86>, srgb <0.92,0.60,0.12>, srgb <0.30,0.55,0.22>)
Marble(<-4.7,0,3.2>, 1.0, <1.0,0.96,0.90>, srgb <0.80,0.30,0.12>, srgb <0.95,0.92,0.80>)
Marble(<1.6,0,4.8>, 1.0, <0.95,0.92,1.0>, srgb <0.36,0.24,0.62>, srgb <0.93,0.60,0.72>)
Marble(<3.3,0,-2.6>, 0.62, <0.9,1.0,1.0>, srgb <0.10,0.55,0.60>, srgb <0.97,0.97,0.92>)
