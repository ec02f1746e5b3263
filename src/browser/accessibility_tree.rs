//! Roles and names as the browser itself computes them: what the kit's own are held against.

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::json;

use super::error::{BrowserError, PageError, refused};
use super::page::Page;
use super::queries::Described;

/// Roles and names of a page's elements.
#[derive(Debug, Default)]
pub struct AccessibilityTree {
    /// By the browser's number of the element.
    nodes: HashMap<u64, (String, String)>,
}

/// What the browser's developer tools say of a frame.
#[derive(Debug, Deserialize)]
struct FrameTree {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    #[serde(rename = "backendDOMNodeId")]
    number: Option<u64>,
    role: Option<Computed>,
    name: Option<Computed>,
}

#[derive(Debug, Deserialize)]
struct Computed {
    #[serde(default)]
    value: String,
}

impl AccessibilityTree {
    /// Role and name of an element; role `none` of what the browser leaves out.
    #[must_use]
    pub fn of(&self, element: &Described) -> (&str, &str) {
        let number = reference(element).map(|(_, number)| number);
        let node = number.and_then(|number| self.nodes.get(&number));
        node.map_or(("none", ""), |(role, name)| (role, name))
    }

    fn add(&mut self, tree: FrameTree) {
        let text = |computed: Option<Computed>| computed.map(|computed| computed.value).unwrap_or_default();
        let nodes = tree.nodes.into_iter();
        self.nodes
            .extend(nodes.filter_map(|node| Some((node.number?, (text(node.role), text(node.name))))));
    }
}

/// Frame and number of an element, which `ChromeDriver` joins into its reference: `f.FRAME.d.DOCUMENT.e.NUMBER`.
fn reference(element: &Described) -> Option<(&str, u64)> {
    let (frame, rest) = element.reference().strip_prefix("f.")?.split_once(".d.")?;
    Some((frame, rest.rsplit_once(".e.")?.1.parse().ok()?))
}

impl Page {
    /// Roles and names of these elements, asked for at once in each of their frames.
    ///
    /// # Errors
    /// [`PageError::Browser`].
    pub async fn accessibility_tree(&self, elements: &[Described]) -> Result<AccessibilityTree, PageError> {
        const WHAT: &str = "show its accessibility tree";
        let frames: BTreeSet<_> = elements.iter().filter_map(reference).map(|(frame, _)| frame).collect();
        let mut whole = AccessibilityTree::default();
        for frame in frames {
            let parameters = json!({ "frameId": frame });
            let answer = self.session.cdp("Accessibility.getFullAXTree", parameters).await;
            let answer = answer.map_err(refused(WHAT))?;
            let tree = serde_json::from_value(answer).map_err(|error| BrowserError::UnexpectedResponse {
                what: WHAT,
                reason: error.to_string(),
            })?;
            whole.add(tree);
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_has_the_role_and_name_of_its_node_and_none_where_it_is_left_out() {
        let element = |number: u32| -> Described {
            serde_json::from_value(json!({
                "element": { "element-6066-11e4-a52e-4f735466cecf": format!("f.A1.d.B2.e.{number}") },
                "html": "<p>", "hidden": false, "role": "", "name": ""
            }))
            .unwrap()
        };
        let mut tree = AccessibilityTree::default();
        let nodes = json!({ "nodes": [
            { "backendDOMNodeId": 7, "role": { "type": "role", "value": "button" }, "name": { "type": "computedString", "value": "Pair" } },
            { "backendDOMNodeId": 8, "ignored": true, "role": { "type": "role", "value": "none" } },
        ]});
        tree.add(serde_json::from_value(nodes).unwrap());
        assert_eq!(tree.of(&element(7)), ("button", "Pair"));
        assert_eq!(tree.of(&element(8)), ("none", ""));
        assert_eq!(tree.of(&element(9)), ("none", ""));
        assert_eq!(reference(&element(7)), Some(("A1", 7)));
    }
}
