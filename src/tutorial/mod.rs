//! From a played scenario to training material: scenes, pictures, pages.

pub mod camera;
pub mod manifest;
pub mod scenes;
