//! The portal as a browser sees it, without a socket. One binary, so that it links once.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may panic as tests may; clippy sees only the tests"
)]

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// As `docent` has it.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

mod accounts;
mod catalogue;
mod client;
mod control;
mod dashboard;
mod data_file;
mod documents;
mod feedback;
mod finance;
mod finance_http;
mod fuzz;
mod labels;
mod languages;
mod limits;
mod login;
mod logs;
mod pairing;
mod rooms;
mod saved_searches;
mod security;
mod server;
mod two_tabs;
mod wiping;
mod world_clock;
