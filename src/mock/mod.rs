//! The mock IP Portal as a portal that is started for each scenario.

mod request_log;

use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use secrecy::SecretString;

use crate::portal::{Control, OwnPortal, StartError, StartPortal};
use crate::secrets::Secrets;
use request_log::RequestLog;

/// Starts mock portals with the built-in fixture, whose clocks stand still.
pub(crate) struct MockPortals {
    settings: mock_portal::Settings,
}

impl MockPortals {
    /// At a moment, or at the training's.
    pub(crate) fn frozen(moment: Option<Timestamp>) -> Self {
        let clock = moment.map_or_else(mock_portal::Clock::training, mock_portal::Clock::frozen);
        Self {
            settings: mock_portal::Settings {
                clock,
                ..mock_portal::Settings::default()
            },
        }
    }

    /// What their clocks show.
    pub(crate) fn now(&self) -> Timestamp {
        self.settings.clock.now()
    }
}

impl StartPortal for MockPortals {
    fn start(&self, frozen_at: Option<Timestamp>) -> BoxFuture<'_, Result<Box<dyn OwnPortal>, StartError>> {
        let mut settings = self.settings.clone();
        if let Some(moment) = frozen_at {
            settings.clock = mock_portal::Clock::frozen(moment);
        }
        let started = async {
            let request_log = RequestLog::default();
            let (router, control) = mock_portal::app_with_control(settings)?;
            let portal = mock_portal::serve(request_log.keep(router), ([127, 0, 0, 1], 0).into()).await?;
            let started: Box<dyn OwnPortal> = Box::new(MockPortal {
                portal,
                control: Arc::new(control),
                request_log,
            });
            Ok(started)
        };
        started.boxed()
    }
}

struct MockPortal {
    portal: mock_portal::Portal,
    control: Control,
    request_log: RequestLog,
}

impl OwnPortal for MockPortal {
    fn address(&self) -> &str {
        self.portal.url()
    }

    fn control(&self) -> Control {
        Arc::clone(&self.control)
    }

    fn requests(&self) -> String {
        self.request_log.text()
    }

    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        self.portal.stop().boxed()
    }
}

/// Declares `password of USERNAME` for everybody and `access code of CUSTOMER ID` for every Office of the built-in fixture.
pub(crate) fn declare_secrets(secrets: &mut Secrets) {
    let fixture = mock_portal::Fixture::built_in();
    for person in &fixture.people {
        secrets.declare(format!("password of {}", person.username), person.password.clone());
    }
    for office in &fixture.offices {
        secrets.declare(
            format!("access code of {}", office.customer_id),
            SecretString::from(office.access_code.clone()),
        );
    }
}
