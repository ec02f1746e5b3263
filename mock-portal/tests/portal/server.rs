//! The portal behind a socket: a free port, and nothing left behind.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};

use mock_portal::{Portal, StartError, start};

use crate::client::training;

const ANY_PORT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

fn address(portal: &Portal) -> SocketAddr {
    portal.url().strip_prefix("http://").unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_portal_listens_until_it_is_stopped() {
    let portal = start(training(), ANY_PORT).await.unwrap();
    let address = address(&portal);
    assert!(TcpStream::connect(address).is_ok());
    portal.stop().await;
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn a_dropped_portal_stops() {
    let portal = start(training(), ANY_PORT).await.unwrap();
    let address = address(&portal);
    drop(portal);
    while TcpStream::connect(address).is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_port_in_use_is_reported_with_what_to_do() {
    let first = start(training(), ANY_PORT).await.unwrap();
    let error = start(training(), address(&first)).await.unwrap_err();
    assert!(matches!(error, StartError::Address { .. }));
    assert!(error.to_string().contains("or 0 for any free one"), "{error}");
}

#[tokio::test]
async fn an_invalid_data_file_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let data = Some(folder.path().to_owned());
    let error = start(mock_portal::Settings { data, ..training() }, ANY_PORT)
        .await
        .unwrap_err();
    assert!(matches!(error, StartError::Data(_)), "{error}");
}
