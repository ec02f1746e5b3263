//! Downloads: the same rows in each format, opened by readers that have nothing to do with the writers.

use std::io::Cursor;

use axum::http::{StatusCode, header};
use calamine::{Data, Reader, Xlsx};
use mock_portal::{PairingScope, Settings};

use crate::client::{Answer, Client, training};

const REPORT: &str = "/documents/distribution-reports/DR-2024-0611";
const INVOICE: &str = "/documents/annual-contributions/AC-U-2024-180457";

fn account_wide() -> Settings {
    Settings {
        pairing: PairingScope::Account,
        ..training()
    }
}

async fn ruritanian() -> Client {
    let mut client = Client::signed_in(account_wide(), "chenwei").await;
    client.pair("distribution-reports", "180457", "R4T8B2NZ").await;
    client
}

type Rows = Vec<Vec<String>>;

fn rows_of_csv(bytes: &[u8]) -> Rows {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let record = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|row| record(row.unwrap())).collect()
}

fn rows_of_xlsx(bytes: &[u8]) -> Rows {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let cell = |cell: &Data| match cell {
        Data::Float(number) => format!("{number:.2}"),
        other => other.to_string(),
    };
    let sheet = book.worksheet_range("Document").unwrap();
    sheet.rows().map(|row| row.iter().map(cell).collect()).collect()
}

/// The rows below the heads, which XML has as names of elements.
fn rows_of_xml(bytes: &[u8]) -> Rows {
    let text = std::str::from_utf8(bytes).unwrap();
    let tree = roxmltree::Document::parse(text).unwrap();
    let rows = tree.root_element().children().filter(roxmltree::Node::is_element);
    let cells = |row: roxmltree::Node| {
        let cells = row.children().filter(roxmltree::Node::is_element);
        cells.map(|cell| cell.text().unwrap().to_owned()).collect()
    };
    rows.map(cells).collect()
}

fn header<'a>(answer: &'a Answer, name: &header::HeaderName) -> &'a str {
    answer.headers[name].to_str().unwrap()
}

#[tokio::test]
async fn every_format_holds_the_same_rows() {
    let mut client = ruritanian().await;
    for (document, total) in [(REPORT, "16104.25"), (INVOICE, "10728.20")] {
        let csv = rows_of_csv(&client.get(&format!("{document}.csv")).await.bytes);
        assert_eq!(csv.last().unwrap()[4..], ["Total", total, "CHF"]);
        let xlsx = rows_of_xlsx(&client.get(&format!("{document}.xlsx")).await.bytes);
        assert_eq!(xlsx, csv);
        let xml = rows_of_xml(&client.get(&format!("{document}.xml")).await.bytes);
        assert_eq!(xml, csv[1..]);
        let pdf = client.get(&format!("{document}.pdf")).await.bytes;
        let pdf = pdf_extract::extract_text_from_mem(&pdf).unwrap().replace(',', "");
        for row in &csv[1..] {
            let (facts, own) = row.split_at(4);
            assert!(facts.iter().all(|fact| pdf.contains(&fact.replace(',', ""))), "{pdf}");
            assert!(pdf.contains(&own[..2].join(" ")), "{own:?} is not in {pdf}");
        }
    }
}

#[tokio::test]
async fn a_report_s_rows_are_its_lines_and_their_sum() {
    let mut client = ruritanian().await;
    let rows = rows_of_csv(&client.get(&format!("{REPORT}.csv")).await.bytes);
    let facts = ["180457", "DR-2024-0611", "Hague, Lisbon & Madrid", "2024-06"];
    assert!(rows[1..].iter().all(|row| row[..4] == facts));
    let own: Vec<_> = rows.iter().map(|row| row[4..].join("|")).collect();
    assert_eq!(
        own,
        [
            "Item|Amount|Currency",
            "Madrid: individual fees|10211.75|CHF",
            "Madrid: complementary fees|3422.50|CHF",
            "Hague: designation fees|2310.00|CHF",
            "Lisbon: fees of one registration|160.00|CHF",
            "Total|16104.25|CHF",
        ]
    );
}

#[tokio::test]
async fn each_format_has_its_type_and_a_file_name_and_no_cache_keeps_it() {
    let mut client = ruritanian().await;
    for (extension, kind) in [
        ("pdf", "application/pdf"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("csv", "text/csv; charset=utf-8"),
        ("xml", "application/xml"),
    ] {
        let answer = client.get(&format!("{REPORT}.{extension}")).await;
        assert_eq!(header(&answer, &header::CONTENT_TYPE), kind);
        assert_eq!(
            header(&answer, &header::CONTENT_DISPOSITION),
            format!("attachment; filename=\"DR-2024-0611.{extension}\"")
        );
        assert_eq!(header(&answer, &header::CACHE_CONTROL), "no-store");
        assert_eq!(header(&answer, &header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
}

#[tokio::test]
async fn listed_documents_lead_to_their_files_and_where_none_are_no_link_is() {
    let mut client = ruritanian().await;
    let list = client
        .get("/dashboard/widgets/distribution-reports?month=6&year=2024")
        .await;
    for (label, extension) in [("PDF", "pdf"), ("XLSX", "xlsx"), ("CSV", "csv"), ("XML", "xml")] {
        let link = list
            .body
            .split("<a ")
            .find(|link| link.contains(&format!(">{label}</a>")))
            .unwrap();
        assert!(
            link.contains(&format!("download=\"DR-2024-0611.{extension}\"")),
            "{link}"
        );
        let address = link
            .split("href=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(client.get(&address).await.status, StatusCode::OK, "{address}");
    }
    let none = client
        .get("/dashboard/widgets/distribution-reports?month=7&year=2024")
        .await;
    assert!(!none.has("/documents/"));
}

/// The page without what differs from session to session and has nothing to do with documents.
fn shown(answer: &Answer) -> (StatusCode, &str) {
    (answer.status, &answer.body)
}

#[tokio::test]
async fn foreign_and_unknown_documents_are_not_found_alike() {
    let mut ruritanian = ruritanian().await;
    assert_eq!(ruritanian.get(&format!("{REPORT}.pdf")).await.status, StatusCode::OK);
    let mut arcadian = ruritanian.another();
    arcadian.sign_in("amara").await;
    arcadian.pair("distribution-reports", "41207", "A7K2M9QX").await;
    let mut unpaired = ruritanian.another();
    unpaired.sign_in("bogdan").await;
    let unknown = arcadian.get("/documents/distribution-reports/DR-1999-0101.pdf").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    for address in [
        format!("{REPORT}.pdf"),
        format!("{REPORT}.csv?customer_id=180457&office=180457"),
        format!("{REPORT}.exe"),
        format!("{INVOICE}.xml"),
        "/documents/distribution-reports/180457%2FDR-2024-0611.xlsx".to_owned(),
        "/documents/distribution-reports/..%2F..%2FDR-2024-0611.pdf".to_owned(),
        "/documents/wipo-pay-details/DR-2024-0611.pdf".to_owned(),
        "/documents/nothing/DR-2024-0611.pdf".to_owned(),
    ] {
        for client in [&mut arcadian, &mut unpaired] {
            let answer = client.get(&address).await;
            assert_eq!(shown(&answer), shown(&unknown), "{address}");
        }
    }
}

#[tokio::test]
async fn each_widget_s_pairing_opens_its_own_documents_alone() {
    let mut client = Client::signed_in(training(), "chenwei").await;
    client.pair("distribution-reports", "180457", "R4T8B2NZ").await;
    assert_eq!(client.get(&format!("{REPORT}.pdf")).await.status, StatusCode::OK);
    assert_eq!(
        client.get(&format!("{INVOICE}.pdf")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn whoever_is_signed_out_logs_in_first_and_comes_back() {
    let answer = Client::new(training()).get(&format!("{REPORT}.pdf")).await;
    assert_eq!(
        answer.location(),
        "/login?return=%2Fdocuments%2Fdistribution%2Dreports%2FDR%2D2024%2D0611%2Epdf"
    );
}

#[tokio::test]
async fn guides_say_how_documents_are_had() {
    let mut client = Client::new(training());
    for (guide, text) in [
        ("distribution-reports", "XLSX for a spreadsheet"),
        ("annual-contributions", "XLSX for a spreadsheet"),
        ("definition-of-terms", "Individual fees"),
        ("financial-regulations", "holds no copy of them"),
    ] {
        assert!(client.get(&format!("/guides/{guide}")).await.has(text), "{guide}");
    }
    assert_eq!(client.get("/guides/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn payments_and_current_account_are_there_in_summary_and_in_detail() {
    let mut client = ruritanian().await;
    for (widget, texts) in [
        (
            "wipo-pay-summary",
            ["<dt>Basket</dt><dd>1</dd>", "<dt>Payment History</dt><dd>1</dd>"],
        ),
        ("wipo-pay-details", ["2024-06-20 · Basket", "CHF 1,775.00"]),
        ("current-account-summary", ["<dt>Balance</dt>", "CHF 16,596.50"]),
        (
            "current-account-details",
            ["Fees of the first quarter", "CHF -8,403.50"],
        ),
    ] {
        let page = client.get(&format!("/dashboard/widgets/{widget}")).await;
        for text in texts {
            assert!(page.has(text), "{widget}: {text}");
        }
    }
}
