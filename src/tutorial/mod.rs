//! From a played scenario to training material: scenes, pictures, pages.

pub mod manifest;
