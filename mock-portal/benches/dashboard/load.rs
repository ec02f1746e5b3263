//! A minimal load generator, so that what it measures is the server: fixed bytes out, responses read by their length, each
//! connection reused for the next request as soon as it has responded.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What one round measured.
pub struct Round {
    /// Responses per second over all connections.
    pub rate: f64,
    /// The latency of each response, shortest first.
    latencies: Vec<Duration>,
}

impl Round {
    /// The latency that this percentage of the responses is below, in microseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent / 100).min(self.latencies.len() - 1);
        self.latencies[at].as_secs_f64() * 1e6
    }
}

/// Requests `path` over this many connections for `time`, on a thread of its own: the server's threads are the server's.
pub fn load(address: SocketAddr, path: &str, cookie: &str, connections: usize, time: Duration) -> Round {
    let request: Arc<[u8]> = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n\r\n")
        .into_bytes()
        .into();
    let measured = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let start = Instant::now();
            let askers = (0..connections).map(|_| ask(address, request.clone(), start + time));
            let latencies: Vec<Duration> = join_all(askers).await.into_iter().flatten().collect();
            (latencies, start.elapsed())
        })
    });
    let (mut latencies, took) = measured.join().unwrap();
    latencies.sort_unstable();
    #[allow(clippy::cast_precision_loss, reason = "never more than some hundred thousand")]
    let rate = latencies.len() as f64 / took.as_secs_f64();
    Round { rate, latencies }
}

async fn ask(address: SocketAddr, request: Arc<[u8]>, until: Instant) -> Vec<Duration> {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.set_nodelay(true).unwrap();
    let mut answer = vec![0; 256 * 1024];
    let mut latencies = Vec::with_capacity(16 * 1024);
    while Instant::now() < until {
        let start = Instant::now();
        connection.write_all(&request).await.unwrap();
        read_answer(&mut connection, &mut answer).await;
        latencies.push(start.elapsed());
    }
    latencies
}

/// Reads one whole answer, which must be a page.
async fn read_answer(connection: &mut TcpStream, answer: &mut [u8]) {
    let mut filled = 0;
    let mut length = usize::MAX;
    while filled < length {
        let read = connection.read(&mut answer[filled..]).await.unwrap();
        assert!(read > 0, "the server closed the connection");
        filled += read;
        if length == usize::MAX {
            length = whole_length(&answer[..filled]).unwrap_or(usize::MAX);
        }
    }
}

/// Length of head and body, once the head is there.
fn whole_length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    let body = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    Some(head + body.parse::<usize>().unwrap())
}
