//! What is seen on each screen, to the letter.

use crate::client::{Client, training};

fn all_stand_in(body: &str, labels: &[&str]) {
    let text = body.replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&");
    for label in labels {
        assert!(text.contains(label), "{label:?} is missing in\n{text}");
    }
}

#[tokio::test]
async fn home_leads_to_the_login() {
    let home = Client::new(training()).get("/").await;
    all_stand_in(&home.body, &["<a class=\"login\" href=\"/login\">IP Portal login</a>"]);
}

#[tokio::test]
async fn every_page_says_that_it_is_a_training_mock() {
    let mut client = Client::signed_in(training(), "amara").await;
    for address in [
        "/",
        "/dashboard",
        "/pairing/distribution-reports",
        "/finance-infoline",
        "/nowhere",
    ] {
        assert!(
            client
                .get(address)
                .await
                .has("Training mock: this is not the real IP Portal"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn login_has_its_labels_and_links() {
    let login = Client::new(training()).get("/login").await;
    all_stand_in(
        &login.body,
        &[
            "<h1>Welcome to WIPO</h1>",
            "Login with your WIPO Account to access WIPO's online IP services",
            "<label for=\"username\">Username</label>",
            "<label for=\"password\">Password</label>",
            ">Show password</button>",
            ">Login</button>",
            ">Create WIPO Account</a>",
            ">Forgot your username?</a>",
            ">Forgot your password?</a>",
        ],
    );
}

#[tokio::test]
async fn the_name_opens_a_menu_of_three() {
    let home = Client::signed_in(training(), "amara").await.get("/").await;
    all_stand_in(
        &home.body,
        &[
            "aria-haspopup=\"menu\" aria-expanded=\"false\" aria-controls=\"name-menu\">Amara Diallo</button>",
            "<a role=\"menuitem\" href=\"/dashboard\">My IP Portal Dashboard</a>",
            "<a role=\"menuitem\" href=\"/account\">My WIPO account</a>",
            "<button role=\"menuitem\" form=\"logout\">Logout</button>",
        ],
    );
    assert!(!home.has("IP Portal login"));
}

#[tokio::test]
async fn a_new_dashboard_has_six_widgets_in_order() {
    let dashboard = Client::signed_in(training(), "amara").await.get("/dashboard").await;
    assert_eq!(
        dashboard.widgets(),
        [
            "patentscope",
            "global-brand-database",
            "global-design-database",
            "world-clock",
            "quick-links",
            "notepad"
        ]
    );
    all_stand_in(
        &dashboard.body,
        &[
            "<h1>My IP Portal Dashboard</h1>",
            ">Give us feedback</a>",
            ">Widgets</button>",
            ">PATENTSCOPE</h2>",
            ">Search</button>",
            ">Saved searches</button>",
            "placeholder=\"Search for patents\"",
            "Search in the front page of the patent documents.",
            "placeholder=\"Search Global Brand Database\"",
            "Search by Brand name, Applicant/Holder name, Application/Registration number",
            "placeholder=\"Search Global Design Database\"",
            "Search by Product Indication, Holder name, Application/Design number.",
            ">14:27</time>",
            ">July 2, 2024</span>",
            ">Switzerland</span>",
            "Add a link or drag and drop it in the widget.",
            ">Notepad</h2>",
        ],
    );
}

#[tokio::test]
async fn the_panel_has_its_groups_in_order_and_payments_its_six() {
    let dashboard = Client::signed_in(training(), "amara").await.get("/dashboard").await;
    let panel = dashboard
        .body
        .split("<aside")
        .nth(1)
        .unwrap()
        .split("</aside>")
        .next()
        .unwrap();
    let in_order = [
        "Clear Dashboard",
        "Change view",
        ">Patents</button>",
        ">Trademarks</button>",
        ">Designs</button>",
        ">Geographical Indications</button>",
        ">Payments</button>",
        " WIPO Pay Summary</label>",
        " Current Account at WIPO Summary</label>",
        " WIPO Pay Details</label>",
        " Current Account at WIPO Details</label>",
        " Distribution Reports</label>",
        " Annual Contributions</label>",
        ">WIPO Lex</button>",
        ">General</button>",
        ">Dashboard templates</button>",
    ];
    let places: Vec<_> = in_order
        .iter()
        .map(|label| panel.find(label).unwrap_or_else(|| panic!("{label}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn unpaired_widgets_offer_to_pair() {
    let mut client = Client::signed_in(training(), "amara").await;
    for (id, title, text) in [
        (
            "distribution-reports",
            "Distribution Reports (IP Offices)",
            "Your account isn't paired to your Office",
        ),
        (
            "annual-contributions",
            "Annual Contributions (WIPO - UPOV Members)",
            "Your account isn't paired to your Member State",
        ),
    ] {
        client
            .post("/dashboard/arrange", &[("change", &format!("add:{id}"))])
            .await;
        let dashboard = client.get("/dashboard").await;
        all_stand_in(dashboard.widget(id).unwrap(), &[title, text, ">Pair</button>"]);
    }
}

#[tokio::test]
async fn the_pairing_form_has_its_labels() {
    let form = Client::signed_in(training(), "amara")
        .await
        .get("/pairing/distribution-reports")
        .await;
    all_stand_in(
        &form.body,
        &[
            "Please enter your Office Customer ID and Access Code provided by WIPO and Submit.",
            "<label for=\"customer-id\">Office Customer ID</label>",
            "placeholder=\"00000\"",
            "<label for=\"access-code\">Access Code</label>",
            "name=\"access_code\" type=\"password\"",
            ">Reset</button>",
            ">Submit</button>",
            ">How does it work?</h2>",
            ">Ask the Finance Infoline</a>",
        ],
    );
    assert_eq!(
        form.body
            .split(">How does it work?</h2>")
            .nth(1)
            .unwrap()
            .matches("<li>")
            .count(),
        3
    );
}

#[tokio::test]
async fn after_pairing_the_widgets_show_their_content_and_the_header_the_customer_id() {
    let mut client = Client::signed_in(training(), "amara").await;
    for widget in ["distribution-reports", "annual-contributions"] {
        client
            .post("/dashboard/arrange", &[("change", &format!("add:{widget}"))])
            .await;
        client.pair(widget, "41207", "A7K2M9QX").await;
    }
    let dashboard = client.get("/dashboard").await;
    all_stand_in(
        &dashboard.body,
        &[
            "role=\"group\" aria-label=\"Customer ID 41207\"",
            ">Amara Diallo</button>",
        ],
    );
    all_stand_in(
        dashboard.widget("distribution-reports").unwrap(),
        &[
            ">Quick start guide</a>",
            ">Definition of terms</a>",
            "<span>Type of document</span>",
            ">Hague, Lisbon & Madrid</option>",
            "<span>Month</span>",
            "<span>Year</span>",
            "No results were found. Please try another month or year.",
        ],
    );
    all_stand_in(
        dashboard.widget("annual-contributions").unwrap(),
        &[
            ">Quick start guide</a>",
            ">Financial regulations and rules</a>",
            "<option value=\"invoice\" selected>Invoice</option>",
            "<option value=\"2024\" selected>2024</option>",
            ">WIPO</option>",
            ">UPOV</option>",
            "No results were found. Please try another organization or year.",
        ],
    );
    all_stand_in(
        dashboard.widget("wipo-pay-summary").unwrap(),
        &[
            "<dt>Unpaid</dt>",
            "<dt>Basket</dt>",
            "<dt>Pending</dt>",
            "<dt>Payment History</dt>",
        ],
    );
}
