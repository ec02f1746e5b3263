//! Dragging, on pages that make room for what is dragged as lists do that are sorted by hand.

use axum::Router;
use axum::response::Html;

use super::support::{Kit, serve};

/// What is dragged changes places with what it is dragged over, and both glide there.
const SORTED: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Stops</title>
<style>li { padding: 8px; margin: 4px; border: 1px solid; list-style: none }</style>
<ul><li draggable=true>Alpha<li draggable=true>Beta<li draggable=true>Gamma</ul><p></p>
<script>
  const list = document.querySelector('ul');
  let dragged = null;
  list.addEventListener('dragstart', (event) => { dragged = event.target; });
  list.addEventListener('dragover', (event) => {
    event.preventDefault();
    const over = event.target.closest('li');
    if (!over || over === dragged || over.getAnimations().length) return;
    const items = [...list.children];
    const tops = new Map(items.map((item) => [item, item.getBoundingClientRect().top]));
    over[items.indexOf(dragged) < items.indexOf(over) ? 'after' : 'before'](dragged);
    for (const item of items) {
      const way = tops.get(item) - item.getBoundingClientRect().top;
      if (way) item.animate([{ transform: `translateY(${way}px)` }, {}], 150);
    }
  });
  list.addEventListener('drop', (event) => event.preventDefault());
  list.addEventListener('dragend', () => {
    document.querySelector('p').textContent = [...list.children].map((item) => item.textContent).join(' ');
  });
</script>";

fn sorted(what: &str, onto: &str, order: &str) {
    let site = serve(Router::new().fallback(async || Html(SORTED)));
    let kit = Kit::with_feature(&format!(
        "Feature: A\n  Scenario: B\n    Given I open \"/\"\n    When I drag the text \"{what}\" onto the text \"{onto}\"\n    \
         Then I see the text \"{order}\"\n"
    ));
    let ended = kit.play(&["run", "test.feature", "--base-url", site.url()]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[test]
fn what_is_dragged_takes_the_place_of_its_target() {
    sorted("Alpha", "Gamma", "Beta Gamma Alpha");
    sorted("Gamma", "Alpha", "Gamma Alpha Beta");
    sorted("Alpha", "Beta", "Beta Alpha Gamma");
}
