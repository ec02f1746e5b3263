//! Behaviour of the kit in a real browser. One binary, so that it is linked once.

mod broken_portal;
mod endings;
mod illness;
mod locating;
mod semantics;
mod support;
mod tutorial;
