//! `docent serve`: the mock IP Portal alone.

use std::{path::PathBuf, sync::Arc};

use clap::{Args, ValueEnum};
use mock_portal::finance::{Finance, OverHttp, Patience};

use super::{CliError, Ending};
use crate::suite::interrupt::Interrupt;

/// What `docent serve` takes.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Port on the loopback interface; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Whether the portal's time goes on, or stands still at the moment of the tutorials
    #[arg(long, value_enum, default_value_t = Time::Real)]
    clock: Time,
    /// Keep accounts, dashboards and pairings in this SQLite file; without it they are gone with the portal
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// People, Offices and documents, instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    fixture: Option<PathBuf>,
    /// Ask the Finance service at this http address about Offices and documents, instead of the fixture
    #[arg(long, value_name = "URL")]
    finance_url: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Time {
    /// The machine's own time
    Real,
    /// 2 July 2024, 14:27 in Switzerland
    Training,
}

pub fn serve(arguments: &Arguments) -> Result<Ending, CliError> {
    let refused = |what| move |source| CliError::System { what, source };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(refused("start a server"))?;
    let mut interrupt = Interrupt::listen().map_err(refused("tell when a signal comes"))?;
    let settings = settings(arguments)?;
    runtime.block_on(async {
        let portal = mock_portal::start(settings, ([127, 0, 0, 1], arguments.port).into()).await?;
        println!("{}", portal.url());
        eprintln!("The mock IP Portal is there until you press Ctrl-C. This is a training mock, not the real service.");
        interrupt.come().await;
        portal.stop().await;
        Ok(Ending::Well)
    })
}

fn settings(arguments: &Arguments) -> Result<mock_portal::Settings, CliError> {
    Ok(mock_portal::Settings {
        clock: match arguments.clock {
            Time::Real => mock_portal::Clock::Real,
            Time::Training => mock_portal::Clock::training(),
        },
        data: arguments.data.clone(),
        fixture: match &arguments.fixture {
            Some(path) => mock_portal::Fixture::load(path)?,
            None => mock_portal::Fixture::built_in(),
        },
        finance: arguments.finance_url.as_deref().map(finance).transpose()?,
        ..mock_portal::Settings::default()
    })
}

fn finance(url: &str) -> Result<Arc<dyn Finance>, CliError> {
    let service = OverHttp::new(url, Patience::default()).map_err(|error| CliError::Usage(error.to_string()))?;
    Ok(Arc::new(service))
}
