//! What was typed into forms is not in memory once they are answered.
#![cfg(target_os = "linux")]

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr},
    os::unix::fs::FileExt,
    time::Duration,
};

use mock_portal::start;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use zeroize::Zeroizing;

use crate::client::training;

const MASK: u8 = 0x5a;
const LENGTH: usize = 24;

/// A secret that this process holds in no other form than this, so that it can be looked for.
struct Masked([u8; LENGTH]);

impl Masked {
    /// Letters and digits, both of them.
    fn random() -> Self {
        let mut secret = [0; LENGTH];
        for (at, byte) in secret.iter_mut().enumerate() {
            let plain = if at % 2 == 0 {
                fastrand::digit(10)
            } else {
                fastrand::uppercase()
            };
            *byte = u8::try_from(plain).unwrap() ^ MASK;
        }
        Self(secret)
    }

    /// `before`, the secret, and `after`.
    fn between(&self, before: &str, after: &str) -> Zeroizing<Vec<u8>> {
        let mut text = Zeroizing::new(Vec::with_capacity(before.len() + LENGTH + after.len()));
        text.extend_from_slice(before.as_bytes());
        text.extend(self.0.iter().map(|byte| byte ^ MASK));
        text.extend_from_slice(after.as_bytes());
        text
    }

    fn is_in(&self, bytes: &[u8]) -> bool {
        memchr::memchr_iter(self.0[0] ^ MASK, bytes).any(|at| {
            let here = bytes.get(at..at + LENGTH);
            here.is_some_and(|here| here.iter().zip(&self.0).all(|(plain, masked)| plain ^ masked == MASK))
        })
    }

    /// Whether it stands anywhere in what this process can write to.
    fn is_in_memory(&self) -> bool {
        const PIECE: usize = 1024 * 1024;
        let memory = File::open("/proc/self/mem").unwrap();
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let mut piece = Zeroizing::new(vec![0; PIECE]);
        let writable = maps.lines().filter(|line| line.contains(" rw"));
        let mut ranges = writable.filter_map(|line| {
            let (start, end) = line.split_whitespace().next()?.split_once('-')?;
            Some(u64::from_str_radix(start, 16).ok()?..u64::from_str_radix(end, 16).ok()?)
        });
        ranges.any(|range| {
            // Pieces overlap, so that a secret across their border is found.
            let mut starts = range.clone().step_by(PIECE - LENGTH);
            starts.any(|start| {
                let length = PIECE.min(usize::try_from(range.end - start).unwrap());
                let read = memory.read_at(&mut piece[..length], start).unwrap_or_default();
                self.is_in(&piece[..read])
            })
        })
    }

    /// The last copy goes with the connection's buffer, a moment after the answer.
    async fn is_left(&self) -> bool {
        for _ in 0..50 {
            if !self.is_in_memory() {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        true
    }
}

/// Sends a request over a connection of its own, which stays open; what is answered.
async fn send(address: SocketAddr, head: &str, body: &[u8]) -> (String, TcpStream) {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = format!("{head}\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n", body.len());
    // At once, as clients send it: the server reads the body into the same memory as the head.
    let mut request = Zeroizing::new(Vec::with_capacity(head.len() + body.len()));
    request.extend_from_slice(head.as_bytes());
    request.extend_from_slice(body);
    connection.write_all(&request).await.unwrap();
    let mut answer = vec![0; 256 * 1024];
    let mut filled = 0;
    while !is_whole(&answer[..filled]) {
        let read = connection.read(&mut answer[filled..]).await.unwrap();
        assert!(read > 0, "an answer ends early");
        filled += read;
    }
    answer.truncate(filled);
    (String::from_utf8(answer).unwrap(), connection)
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .split_once("content-length: ")
        .map_or("0", |(_, rest)| rest.lines().next().unwrap());
    body.len() >= length.parse().unwrap()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

/// Cookie and token of the page at `path`.
async fn form(address: SocketAddr, path: &str, cookie: &str) -> (String, String) {
    let (page, _) = send(address, &format!("GET {path} HTTP/1.1\r\nCookie: {cookie}"), b"").await;
    let set = page
        .split_once("set-cookie: ")
        .and_then(|(_, rest)| rest.split_once(';'));
    (
        set.map_or(cookie, |(cookie, _)| cookie).to_owned(),
        between(&page, "name=\"csrf\" value=\"", "\"").to_owned(),
    )
}

#[tokio::test]
async fn a_password_is_not_left_in_memory() {
    let portal = start(training(), (Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let address = portal.url().strip_prefix("http://").unwrap().parse().unwrap();
    let secret = Masked::random();
    let (cookie, csrf) = form(address, "/login", "").await;
    let body = secret.between(&format!("csrf={csrf}&username=amara&password="), "");
    assert!(secret.is_in_memory(), "it is not found even where it is");
    let (answer, _open) = send(address, &format!("POST /login HTTP/1.1\r\nCookie: {cookie}"), &body).await;
    assert!(answer.contains("is wrong."), "{answer}");
    drop(body);
    assert!(!secret.is_left().await);
}

#[tokio::test]
async fn an_access_code_is_not_left_in_memory() {
    let portal = start(training(), (Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let address = portal.url().strip_prefix("http://").unwrap().parse().unwrap();
    let (cookie, csrf) = form(address, "/login", "").await;
    let login = format!("csrf={csrf}&username=amara&password=Training2024");
    let (answer, _) = send(
        address,
        &format!("POST /login HTTP/1.1\r\nCookie: {cookie}"),
        login.as_bytes(),
    )
    .await;
    let cookie = between(&answer, "set-cookie: ", ";");
    let (_, csrf) = form(address, "/pairing/distribution-reports", cookie).await;
    let secret = Masked::random();
    let body = secret.between(&format!("csrf={csrf}&customer_id=41207&access_code="), "");
    let head = format!("POST /pairing/distribution-reports HTTP/1.1\r\nCookie: {cookie}");
    let (answer, _open) = send(address, &head, &body).await;
    assert!(answer.contains("do not belong together"), "{answer}");
    drop(body);
    assert!(!secret.is_left().await);
}
