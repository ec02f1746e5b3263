//! The portal behind a socket.

use std::{net::SocketAddr, sync::Arc};

use axum::{Router, serve::Listener};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, oneshot},
    task::JoinHandle,
};
use tokio_io_timeout::TimeoutStream;

use crate::{
    app::app,
    error::StartError,
    settings::Settings,
    web::limits::{HEAD_TIMEOUT, LARGEST_HEAD, MOST_CONNECTIONS, MOST_HEADERS, WRITE_TIMEOUT},
};

/// A portal that is being served. Dropping it stops it, too.
#[derive(Debug)]
pub struct Portal {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// Serves a portal on `address`; port 0 takes any free one.
pub async fn start(settings: Settings, address: SocketAddr) -> Result<Portal, StartError> {
    serve(app(settings)?, address).await
}

/// Serves a router, [`app`](crate::app()) in other layers for example, on `address`; port 0 takes any free one.
pub async fn serve(router: Router, address: SocketAddr) -> Result<Portal, StartError> {
    let failed = |source| StartError::Address { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let url = format!("http://{}", listener.local_addr().map_err(failed)?);
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        tokio::select! {
            () = accept_connections(listener, router) => {}
            // A dropped sender means stop, too.
            _ = stopped => {}
        }
    });
    Ok(Portal {
        url,
        stop: Some(stop),
        task,
    })
}

/// Accepts connections until it is cancelled, no more at once than the limit; axum's listener retries failed accepts.
async fn accept_connections(mut listener: TcpListener, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD);
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    // It is never closed. Further connections wait in the system's queue, which has a limit of its own.
    while let Ok(place) = room.clone().acquire_owned().await {
        let (connection, _) = Listener::accept(&mut listener).await;
        let mut connection = TimeoutStream::new(connection);
        connection.set_write_timeout(Some(WRITE_TIMEOUT));
        let connection = TokioIo::new(Box::pin(connection));
        let served = http.serve_connection(connection, TowerToHyperService::new(router.clone()));
        // A broken connection concerns its client only.
        tokio::spawn(async move {
            drop(served.await);
            drop(place);
        });
    }
}

impl Portal {
    /// Where it is: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops listening, and returns once the port is free.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone already if the runtime is shutting down.
            let _ = stop.send(());
        }
        let _ = (&mut self.task).await;
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.task.abort();
    }
}
