//! From a played scenario to training material: scenes, pictures, pages.

pub mod alt;
pub mod baseline_folder;
pub mod baselines;
pub mod camera;
pub mod citations;
mod error;
pub mod folders;
pub mod inventory;
pub mod manifest;
pub mod narration;
pub mod production;
pub mod publish;
pub mod quotes;
mod render;
pub mod scene_report;
pub mod scenes;
pub mod verdict;

pub use error::TutorialError;
