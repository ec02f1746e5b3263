//! From a played scenario to training material: scenes, pictures, pages.

pub mod alt;
pub mod manifest;
pub mod publish;
mod role;
