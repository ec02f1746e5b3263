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
    DataError, Settings,
    accounts::PasswordError,
    app,
    web::limits::{HEAD_PATIENCE, LARGEST_HEAD, MOST_CONNECTIONS, MOST_HEADERS, WRITE_PATIENCE},
};

/// Why a portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("the portal cannot listen on {address}: {source}; choose another port, or 0 for any free one")]
    Address {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The data file cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The data cannot be written.
    #[error("the fixture's people cannot be given their accounts: {0}; is there room on the disk?")]
    Seed(#[from] rusqlite::Error),
    /// A password of the fixture cannot be hashed.
    #[error("a password of the fixture cannot be used: {0}")]
    Password(#[from] PasswordError),
}

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

/// Serves a router that somebody made of [`app`](crate::app()) on `address`; port 0 takes any free one.
pub async fn serve(router: Router, address: SocketAddr) -> Result<Portal, StartError> {
    let failed = |source| StartError::Address { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let url = format!("http://{}", listener.local_addr().map_err(failed)?);
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        tokio::select! {
            () = answer_all(listener, router) => {}
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

/// Accepts connections for ever, as many at once as there may be; axum's listener tries again what fails.
async fn answer_all(mut listener: TcpListener, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD);
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    // It is never closed. Whoever waits is in the system's queue, which has an end of its own.
    while let Ok(place) = room.clone().acquire_owned().await {
        let (connection, _) = Listener::accept(&mut listener).await;
        let mut connection = TimeoutStream::new(connection);
        connection.set_write_timeout(Some(WRITE_PATIENCE));
        let connection = TokioIo::new(Box::pin(connection));
        let answers = http.serve_connection(connection, TowerToHyperService::new(router.clone()));
        // A connection that breaks is nothing to anybody but the one who broke it.
        tokio::spawn(async move {
            drop(answers.await);
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

    /// Stops listening, and returns once the port is free. What was answered is kept.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // It is gone already if the runtime is shutting down.
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
