//! "Give us feedback".

use axum::http::StatusCode;

use crate::client::{Client, training};

#[tokio::test]
async fn feedback_lands_in_the_mailbox_as_it_was_written() {
    let mut client = Client::signed_in(training(), "amara").await;
    let form = client.get("/feedback").await;
    assert!(form.has("<label for=\"feedback\">Your feedback</label>"));
    let sent = client
        .post("/feedback", &[("text", "Good.\r\n<b>More</b> widgets!")])
        .await;
    assert_eq!(sent.location(), "/feedback/sent");
    assert!(client.get("/feedback/sent").await.has("Thank you for your feedback"));
    assert!(client.get("/mailbox").await.has("Feedback on the IP Portal"));
    let mail = client.get("/mailbox/1").await;
    assert!(mail.has("Amara Diallo") && mail.has("amara@arcadia.example"));
    assert!(
        mail.has("Good.") && mail.has("&#60;b&#62;More&#60;/b&#62; widgets!"),
        "{}",
        mail.body
    );
}

#[tokio::test]
async fn visitors_give_feedback_too() {
    let mut visitor = Client::new(training());
    visitor.get("/feedback").await;
    assert_eq!(
        visitor.post("/feedback", &[("text", "Good.")]).await.location(),
        "/feedback/sent"
    );
    assert!(
        visitor
            .get("/mailbox/1")
            .await
            .has("From a visitor who is not logged in")
    );
}

#[tokio::test]
async fn nothing_and_too_much_are_said_beside_the_field_and_not_sent() {
    let mut client = Client::signed_in(training(), "amara").await;
    client.get("/feedback").await;
    let long = "x".repeat(2001);
    for (text, problem) in [
        (" \r\n ", "Write what you would like to say."),
        (long.as_str(), "Feedback has at most 2000 characters."),
    ] {
        let answer = client.post("/feedback", &[("text", text)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.has(problem) && answer.has(text.trim()));
        assert!(answer.has("aria-describedby=\"feedback-error\""));
    }
    assert!(!client.get("/mailbox").await.has("Feedback on the IP Portal"));
}
