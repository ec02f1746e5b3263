//! Behaviour of the kit in a real browser. One binary, so that it is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod axe;
mod broken_portal;
mod durability;
mod endings;
mod illness;
mod keyboard;
mod leaving;
mod locating;
mod npm;
mod semantics;
mod support;
mod tabs;
mod tutorial;
mod walk;
