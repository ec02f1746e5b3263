//! The portal as a person's browser meets it, without a socket. One binary: it links once.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests may panic as tests may; clippy sees only the tests"
)]

mod accounts;
mod catalogue;
mod client;
mod dashboard;
mod documents;
mod finance;
mod finance_http;
mod labels;
mod languages;
mod login;
mod pairing;
mod security;
mod server;
