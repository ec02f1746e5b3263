//! The portal as a browser sees it, without a socket. One binary, so that it links once.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may panic as tests may; clippy sees only the tests"
)]

mod accounts;
mod catalogue;
mod client;
mod control;
mod dashboard;
mod data_file;
mod documents;
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
mod world_clock;
