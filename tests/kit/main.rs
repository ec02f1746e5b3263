//! Behaviour of the kit in a real browser. One binary, so that it is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod axe;
mod bad_environments;
mod bad_worlds;
mod badly_written;
mod broken_portal;
mod camera;
mod ci_recipes;
mod dragging;
mod durability;
mod editor;
mod elsewhere;
mod endings;
mod evidence;
mod gherkin;
mod highlights;
mod illness;
mod import_cycles;
mod isolation;
mod json_lines;
mod keyboard;
mod large_text;
mod late_answers;
mod leaving;
mod locating;
mod made_up;
mod messages;
mod new_project;
mod npm;
mod own_steps;
mod publish;
mod report_page;
mod results;
mod runner;
mod semantics;
mod sentences;
mod support;
mod tabs;
mod tutorial;
mod unfinished_runs;
mod walk;
