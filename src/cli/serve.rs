//! `docent serve`: the mock IP Portal alone.

use std::{path::PathBuf, sync::Arc};

use clap::{Args, ValueEnum};
use mock_portal::control::control_interface;
use mock_portal::finance::{Finance, HttpFinance, Timeouts};
use mock_portal::{Clock, PairingScope, Portal};

use super::CliError;
use super::exit_status::ExitStatus;
use crate::output::{say, say_err};
use crate::redact;
use crate::suite::run::interrupt::Interrupt;

/// What `docent serve` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent serve                                 on http://127.0.0.1:8080\n  \
docent serve --port 0 --clock training       on a free port, at the tutorials' time\n  \
docent serve --data portal.db --control      kept in a file, with the control interface on port 8081")]
pub(crate) struct ServeArguments {
    /// Port on the loopback interface; 0 takes a free one
    #[arg(long, help_heading = "Addresses", default_value_t = 8080)]
    port: u16,
    /// The portal's clock: "real"; "training", which is frozen at 2 July 2024, 14:27 in Switzerland; or another moment to
    /// freeze it at, such as 2024-12-31T23:59[Europe/Zurich]
    #[arg(long, help_heading = "Portal", value_name = "CLOCK", default_value = "real")]
    clock: Clock,
    /// Keep accounts, dashboards and pairings in this SQLite file; without it they are lost when the portal ends
    #[arg(long, help_heading = "Portal", value_name = "FILE")]
    data: Option<PathBuf>,
    /// People, Offices and documents, instead of the built-in ones
    #[arg(long, help_heading = "Portal", value_name = "FILE")]
    fixture: Option<PathBuf>,
    /// What one successful pairing opens
    #[arg(long, help_heading = "Portal", value_enum, default_value_t = Pairing::PerWidget)]
    pairing: Pairing,
    /// Ask the Finance service at this http address about Offices and documents, instead of the fixture
    #[arg(long, help_heading = "Portal", value_name = "URL")]
    finance_url: Option<String>,
    /// Serve the control interface (reset, seed, clock, fault injection; docs/control-interface.md) on a loopback port of its
    /// own; unauthenticated: keep it on loopback [port: 8081 if none is given; 0 takes a free one]
    #[arg(long, help_heading = "Addresses", value_name = "PORT", num_args = 0..=1, default_missing_value = "8081")]
    control: Option<u16>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Pairing {
    /// The widget whose "Pair" was clicked
    PerWidget,
    /// All widgets that show an Office's documents
    Account,
}

pub(crate) fn serve(arguments: &ServeArguments) -> Result<ExitStatus, CliError> {
    let refused = |what| move |source| CliError::System { what, source };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(refused("start a server"))?;
    let mut interrupt = Interrupt::listen().map_err(refused("listen for signals"))?;
    interrupt.shut_down_gracefully();
    let settings = settings(arguments)?;
    runtime.block_on(async {
        let (portal, control) = start(settings, arguments).await?;
        say!("{}", portal.url());
        if let Some(control) = &control {
            say!("{}", control.url());
            say_err!("The second address is the control interface. It is unauthenticated: keep it on loopback.");
        }
        say_err!("The mock IP Portal runs until you press Ctrl-C. This is a training mock, not the real service.");
        interrupt.wait().await;
        portal.stop().await;
        Ok(ExitStatus::Success)
    })
}

/// The portal and, if it is asked for, its control interface.
async fn start(
    settings: mock_portal::Settings,
    arguments: &ServeArguments,
) -> Result<(Portal, Option<Portal>), CliError> {
    let loopback = |port| ([127, 0, 0, 1], port).into();
    let (router, control) = mock_portal::app_with_control(settings)?;
    let portal = mock_portal::serve(router, loopback(arguments.port)).await?;
    let interface = match arguments.control {
        Some(port) => Some(mock_portal::serve(control_interface(control), loopback(port)).await?),
        None => None,
    };
    Ok((portal, interface))
}

fn settings(arguments: &ServeArguments) -> Result<mock_portal::Settings, CliError> {
    Ok(mock_portal::Settings {
        clock: arguments.clock.clone(),
        data: arguments.data.clone(),
        fixture: match &arguments.fixture {
            Some(path) => mock_portal::Fixture::load(path)?,
            None => mock_portal::Fixture::built_in(),
        },
        pairing: match arguments.pairing {
            Pairing::PerWidget => PairingScope::PerWidget,
            Pairing::Account => PairingScope::Account,
        },
        finance: arguments.finance_url.as_deref().map(finance).transpose()?,
    })
}

fn finance(url: &str) -> Result<Arc<dyn Finance>, CliError> {
    redact::protect_address(url);
    let service = HttpFinance::new(url, Timeouts::default()).map_err(|error| CliError::Usage(error.to_string()))?;
    Ok(Arc::new(service))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser, Debug)]
    struct CommandLine {
        #[command(flatten)]
        arguments: ServeArguments,
    }

    fn parsed(flags: &[&str]) -> Result<ServeArguments, String> {
        let line = ["serve", "--port", "0"].iter().chain(flags);
        CommandLine::try_parse_from(line)
            .map(|line| line.arguments)
            .map_err(|error| error.to_string())
    }

    async fn started(flags: &[&str]) -> (Portal, Option<Portal>) {
        let arguments = parsed(flags).unwrap();
        start(settings(&arguments).unwrap(), &arguments).await.unwrap()
    }

    #[tokio::test]
    async fn the_control_interface_is_there_only_if_it_is_asked_for_and_on_loopback() {
        assert!(started(&[]).await.1.is_none());
        let (portal, control) = started(&["--control", "0"]).await;
        let control = control.unwrap();
        assert_ne!(control.url(), portal.url());
        assert!(control.url().starts_with("http://127.0.0.1:"));
    }

    #[test]
    fn control_without_a_port_takes_the_documented_one() {
        assert_eq!(parsed(&["--control"]).unwrap().control, Some(8081));
    }

    #[test]
    fn clocks_and_pairings_are_taken_as_documented() {
        let arguments = parsed(&["--clock", "2024-12-31T23:59[Europe/Zurich]", "--pairing", "account"]).unwrap();
        let settings = settings(&arguments).unwrap();
        assert_eq!(settings.clock.now().to_string(), "2024-12-31T22:59:00Z");
        assert_eq!(settings.pairing, PairingScope::Account);
        let message = parsed(&["--clock", "noon"]).unwrap_err();
        assert!(message.contains("write date, time and zone"), "{message}");
    }
}
