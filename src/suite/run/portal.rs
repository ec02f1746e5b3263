//! The portal that one scenario runs against.

use jiff::Timestamp;

use super::error::WorkerError;
use super::request_log::RequestLog;
use super::settings::PortalSource;

/// The portal of one scenario.
pub(super) struct ScenarioPortal {
    mock: Option<mock_portal::Portal>,
    /// Steers the mock.
    pub(crate) control: Option<mock_portal::Control>,
    pub(crate) request_log: RequestLog,
    /// Without a slash at its end.
    pub(crate) url: String,
}

impl ScenarioPortal {
    /// Starts a mock portal, whose clock stands still at a moment if there is one; a portal elsewhere is there already.
    pub(crate) async fn start(source: &PortalSource, frozen_at: Option<Timestamp>) -> Result<Self, WorkerError> {
        let request_log = RequestLog::default();
        match source {
            PortalSource::At(url) => Ok(Self {
                mock: None,
                control: None,
                request_log,
                url: url.trim_end_matches('/').to_owned(),
            }),
            PortalSource::Mock(settings) => {
                let mut settings = settings.clone();
                if let Some(moment) = frozen_at {
                    settings.clock = mock_portal::Clock::frozen(moment);
                }
                let (router, control) = mock_portal::app_with_control(settings)?;
                let mock = mock_portal::serve(request_log.keep(router), ([127, 0, 0, 1], 0).into()).await?;
                Ok(Self {
                    url: mock.url().to_owned(),
                    mock: Some(mock),
                    control: Some(control),
                    request_log,
                })
            }
        }
    }

    /// Stops the mock.
    pub(crate) async fn stop(self) {
        if let Some(mock) = self.mock {
            mock.stop().await;
        }
    }
}
