//! From a played scenario to training material: scenes, pictures, pages.

pub mod camera;
//E pub mod error;
pub mod manifest;
//E pub mod production;
pub mod scenes;
#[derive(Debug, thiserror::Error)]
#[error("stub")]
pub struct TutorialError;
impl TutorialError { pub fn is_in_the_tutorial(&self) -> bool { false } }
