//! A portal that is killed under load and started again on its data file has all that it answered with success, and half of
//! nothing.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use ureq::Agent;

use super::support::PATIENCE;

/// After so many answers the portal is killed; in the midst of whatever it does then.
const ROUNDS: [usize; 3] = [3, 100, 500];
/// Each has a session; a kind of work is done by every fourth of them.
const PEOPLE: usize = 16;
/// Several pages of the database, so that half of a note could be there.
const NOTE: usize = 9_000;
/// What the template "Brands and designs" puts on an empty dashboard, all at once.
const TEMPLATE: [&str; 5] = [
    "global-brand-database",
    "madrid-monitor",
    "global-design-database",
    "hague-express",
    "lisbon-express",
];

#[test]
fn what_was_answered_survives_a_kill_under_load() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("fixture.toml"), fixture()).unwrap();
    for answers in ROUNDS {
        let data = folder.path().join(format!("{answers}.db"));
        let portal = Portal::start(folder.path(), &data);
        let ledgers = work_until_killed(portal, answers);
        let portal = Portal::start(folder.path(), &data);
        for mut ledger in ledgers {
            ledger.session.move_to(&portal.url);
            ledger.check();
        }
    }
}

/// Sixteen people and one Office.
fn fixture() -> String {
    let people = (0..PEOPLE).map(|n| {
        format!(
            "[[person]]\nname = \"Person {n}\"\nusername = \"person{n}\"\npassword = \"Training2024\"\n\
             mail = \"person{n}@arcadia.example\"\n"
        )
    });
    let office = "[[office]]\nname = \"Arcadia\"\ncustomer_id = \"41207\"\naccess_code = \"A7K2M9QX\"\n";
    people.chain([office.to_owned()]).collect()
}

/// `docent serve` in a process of its own, killed when dropped.
struct Portal {
    process: Child,
    url: String,
}

impl Portal {
    fn start(folder: &Path, data: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_docent"))
            .args([
                "serve",
                "--port",
                "0",
                "--clock",
                "training",
                "--fixture",
                "fixture.toml",
                "--data",
            ])
            .arg(data)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        Self {
            process,
            url: url.trim().to_owned(),
        }
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Lets everybody work, and kills the portal with SIGKILL after so many answers.
fn work_until_killed(portal: Portal, answers: usize) -> Vec<Ledger> {
    let (answered, counted) = channel();
    let people: Vec<_> = (0..PEOPLE)
        .map(|person| Ledger::new(Session::sign_in(&portal.url, person), person))
        .collect();
    let workers: Vec<_> = people
        .into_iter()
        .map(|ledger| {
            let answered = answered.clone();
            thread::spawn(move || ledger.work(&answered))
        })
        .collect();
    for _ in 0..answers {
        counted.recv_timeout(PATIENCE).unwrap();
    }
    drop(portal);
    workers.into_iter().map(|worker| worker.join().unwrap()).collect()
}

/// One thing that is kept, as what a person did to it last.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kept {
    /// The note of that number.
    Note(usize),
    /// As many links.
    Links(usize),
    /// The template's widgets, or none.
    Template(bool),
    /// As many widgets paired; the first brings "WIPO Pay Summary" along.
    Paired(usize),
}

/// What a person knows: what was answered, and what was under way when the portal was killed.
struct Ledger {
    session: Session,
    next: Kept,
    answered: Kept,
}

impl Ledger {
    /// What a person starts from, and does next.
    fn new(session: Session, person: usize) -> Self {
        let (answered, next) = match person % 4 {
            0 => (Kept::Note(1), Kept::Note(2)),
            1 => (Kept::Links(1), Kept::Links(2)),
            2 => (Kept::Template(false), Kept::Template(true)),
            _ => (Kept::Paired(0), Kept::Paired(1)),
        };
        assert!(answered == Kept::Paired(0) || session.put(answered));
        Self {
            session,
            next,
            answered,
        }
    }

    /// Does one thing after the other until the portal is gone.
    fn work(mut self, answered: &Sender<()>) -> Self {
        while self.session.put(self.next) {
            self.answered = self.next;
            self.next = match self.next {
                Kept::Note(number) => Kept::Note(number + 1),
                // An account has room for so many; the last one again is answered alike.
                Kept::Links(count) => Kept::Links((count + 1).min(50)),
                Kept::Template(there) => Kept::Template(!there),
                // There are two to pair; pairing again is answered alike.
                Kept::Paired(count) => Kept::Paired((count + 1).min(2)),
            };
            // The test has counted enough by now.
            let _ = answered.send(());
        }
        self
    }

    /// Fails the test unless what is there is what was answered, or that and what was under way.
    fn check(&self) {
        let (_, page) = self.session.ask("/dashboard", &[]).expect("the portal is there again");
        let there = match self.next {
            Kept::Note(_) => Kept::Note(note_in(&page)),
            Kept::Links(_) => Kept::Links(links_in(&page)),
            Kept::Template(_) => Kept::Template(template_in(&page)),
            Kept::Paired(_) => Kept::Paired(paired_in(&page)),
        };
        assert!(
            self.answered == there || self.next == there,
            "{:?} was answered and {:?} under way, but there is {there:?}",
            self.answered,
            self.next
        );
    }
}

/// The number that the whole note is made of.
fn note_in(page: &str) -> usize {
    let text = page.split_once("autocomplete=\"off\">\nnote ").expect("a note").1;
    let (number, rest) = text.split_once(' ').unwrap();
    let fill = rest.split_once("</textarea>").unwrap().0;
    assert_eq!(fill, number.repeat(NOTE / number.len()), "half a note");
    number.parse().unwrap()
}

/// The number of links, which are numbered from 1 without a gap.
fn links_in(page: &str) -> usize {
    let count = page.matches(">https://example.org/").count();
    for number in 1..=count {
        assert!(
            page.contains(&format!(">https://example.org/{number}</a>")),
            "link {number} of {count} is missing"
        );
    }
    count
}

fn template_in(page: &str) -> bool {
    let there = TEMPLATE.iter().filter(|id| has_widget(page, id)).count();
    assert!(there == 0 || there == TEMPLATE.len(), "{there} widgets of the template");
    there > 0
}

fn paired_in(page: &str) -> usize {
    let unpaired =
        page.matches("Your account isn&#39;t paired").count() + page.matches("Your account isn't paired").count();
    let paired = 2 - unpaired;
    let has_summary = has_widget(page, "wipo-pay-summary");
    let shows_office = page.contains("Customer ID 41207");
    assert_eq!((has_summary, shows_office), (paired > 0, paired > 0), "half a pairing");
    paired
}

fn has_widget(page: &str, id: &str) -> bool {
    page.contains(&format!("<section class=\"widget\" id=\"{id}\""))
}

/// A person's browser, as far as forms go.
struct Session {
    agent: Agent,
    portal: String,
    cookie: String,
    csrf: String,
}

impl Session {
    fn sign_in(portal: &str, person: usize) -> Self {
        let settings = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)));
        let mut session = Self {
            agent: settings.build().into(),
            portal: portal.to_owned(),
            cookie: String::new(),
            csrf: String::new(),
        };
        session.remember("/login", &[]);
        let username = format!("person{person}");
        session.remember("/login", &[("username", &username), ("password", "Training2024")]);
        session.remember("/account", &[]);
        if person % 4 == 3 {
            for widget in ["distribution-reports", "annual-contributions"] {
                let change = format!("add:{widget}");
                session.remember("/dashboard/arrange", &[("change", &change)]);
            }
        }
        session
    }

    /// A portal that is started anew has another port, by which its cookies are called.
    fn move_to(&mut self, portal: &str) {
        let name = |portal: &str| format!("-{}=", portal.rsplit_once(':').unwrap().1.trim_end_matches('/'));
        self.cookie = self.cookie.replace(&name(&self.portal), &name(portal));
        portal.clone_into(&mut self.portal);
    }

    /// Asks and keeps cookie and token.
    fn remember(&mut self, path: &str, form: &[(&str, &str)]) {
        let (cookie, page) = self.ask(path, form).expect("the portal is there");
        if let Some(cookie) = cookie {
            self.cookie = cookie;
        }
        if let Some((_, rest)) = page.split_once("name=\"csrf\" value=\"") {
            rest[..32].clone_into(&mut self.csrf);
        }
    }

    /// The cookie that was set, and the page; a form is posted, and without one the page is only read. `None` without a
    /// whole answer of success.
    fn ask(&self, path: &str, form: &[(&str, &str)]) -> Option<(Option<String>, String)> {
        let address = format!("{}{path}", self.portal);
        let answer = if form.is_empty() {
            self.agent.get(address).header("Cookie", &self.cookie).call()
        } else {
            let token = ("csrf", self.csrf.as_str());
            let form = form.iter().copied().chain([token]);
            self.agent.post(address).header("Cookie", &self.cookie).send_form(form)
        };
        let mut answer = answer.ok()?;
        let status = answer.status().as_u16();
        assert!(matches!(status, 200 | 303), "{path}: {status}");
        let cookie = answer.headers().get("set-cookie").map(|set| set.to_str().unwrap());
        let cookie = cookie.map(|set| set.split(';').next().unwrap().to_owned());
        Some((cookie, answer.body_mut().read_to_string().ok()?))
    }

    /// Changes what is kept; whether it was answered with success.
    fn put(&self, wanted: Kept) -> bool {
        let answer = match wanted {
            Kept::Note(number) => {
                let digits = number.to_string();
                let text = format!("note {number} {}", digits.repeat(NOTE / digits.len()));
                let Some((_, page)) = self.ask("/dashboard", &[]) else {
                    return false;
                };
                let (_, rest) = page.split_once("name=\"version\" value=\"").expect("a note's version");
                let (version, _) = rest.split_once('"').expect("a whole page");
                self.ask("/dashboard/note", &[("note", &text), ("version", version)])
            }
            Kept::Links(number) => self.ask(
                "/dashboard/links",
                &[("address", &format!("https://example.org/{number}"))],
            ),
            Kept::Template(false) => self.ask("/dashboard/clear", &[("sure", "yes")]),
            Kept::Template(true) => self.ask("/dashboard/templates/brands-and-designs", &[("use", "it")]),
            Kept::Paired(count) => {
                let widget = ["distribution-reports", "annual-contributions"][count - 1];
                let entry = [("customer_id", "41207"), ("access_code", "A7K2M9QX")];
                self.ask(&format!("/pairing/{widget}"), &entry)
            }
        };
        answer.is_some()
    }
}
