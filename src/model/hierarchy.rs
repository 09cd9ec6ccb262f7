//! The tree of an index system: goal, criteria, indicators.

use crate::text::fold;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::collections::HashMap;

/// Given weights count relative to each other; beyond these they are slips, and sums of them lose all
/// precision.
pub(crate) const WEIGHTS: std::ops::RangeInclusive<f64> = 1e-9..=1e9;

/// One part of a hierarchy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// Its code, unique in the hierarchy.
    pub code: String,
    /// Its name, as people read it.
    pub name: String,
    /// What it means; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The part above it; `None` for the goal.
    #[serde(skip)]
    pub parent: Option<usize>,
    /// The parts below it, in order; empty for an indicator.
    #[serde(skip)]
    pub children: Vec<usize>,
    /// How far below the goal it stands (the goal has 0).
    pub depth: usize,
    /// Its weight among its siblings, where the model gives one.
    pub given_weight: Option<f64>,
    /// Its code and its name, folded for comparison.
    #[serde(skip)]
    folded: [String; 2],
}

impl Node {
    fn new(link: &Link, parent: Option<usize>, depth: usize) -> Node {
        Node {
            code: link.code.clone(),
            name: link.name.clone(),
            description: link.description.clone(),
            parent,
            children: Vec::new(),
            depth,
            given_weight: link.weight,
            folded: [fold(&link.code), fold(&link.name)],
        }
    }
}

/// A tree of parts in depth-first order: each part stands right before what is below it, so part 0
/// is the goal and a part's descendants follow it without a gap.
///
/// ```
/// use custval::model::Hierarchy;
///
/// let tree = Hierarchy::from_links("goal", &[("a", "goal"), ("a1", "a"), ("b", "goal")]).unwrap();
/// let codes: Vec<_> = tree.nodes().iter().map(|node| node.code.as_str()).collect();
/// assert_eq!(codes, ["goal", "a", "a1", "b"]);
/// assert_eq!(tree.leaves(), [2, 3]);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Hierarchy {
    nodes: Vec<Node>,
}

/// A part as it stands in a list that is depth first, where its depth says what it hangs on.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listed {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
    pub depth: usize,
    pub given_weight: Option<f64>,
}

/// Why a list of parts is no tree, and the place of the part that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Misplaced {
    pub at: usize,
    pub why: String,
}

impl<'de> Deserialize<'de> for Hierarchy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = Vec::<Listed>::deserialize(deserializer)?;
        Hierarchy::from_list(&parts).map_err(|misplaced| de::Error::custom(misplaced.why))
    }
}

/// A part before it has its place in the tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Link {
    pub code: String,
    pub name: String,
    pub parent: String,
    pub weight: Option<f64>,
    pub description: String,
}

impl Hierarchy {
    /// Builds the tree from the goal and the parts with their parents' codes. Parts that do not
    /// hang on the goal, directly or not, are left out; the caller has checked that there are none.
    pub(crate) fn build(goal_code: &str, goal_name: &str, links: &[Link]) -> Hierarchy {
        let goal = Link { code: goal_code.into(), name: goal_name.into(), ..Link::default() };
        let mut tree = Hierarchy { nodes: vec![Node::new(&goal, None, 0)] };
        let mut below: HashMap<&str, Vec<&Link>> = HashMap::new();
        for link in links.iter().rev() {
            below.entry(&link.parent).or_default().push(link);
        }
        // Each part is taken out of `below` when it is reached, so that nothing is placed twice.
        let mut waiting: Vec<(usize, &Link)> =
            below.remove(goal_code).into_iter().flatten().map(|link| (0, link)).collect();
        while let Some((parent, link)) = waiting.pop() {
            let here = tree.nodes.len();
            let depth = tree.nodes[parent].depth + 1;
            tree.nodes.push(Node::new(link, Some(parent), depth));
            tree.nodes[parent].children.push(here);
            waiting
                .extend(below.remove(link.code.as_str()).into_iter().flatten().map(|l| (here, l)));
        }
        tree
    }

    /// A tree from (code, parent's code) pairs, names being the codes. `None` if a part does not
    /// hang on the goal.
    pub fn from_links(goal: &str, links: &[(&str, &str)]) -> Option<Hierarchy> {
        let links: Vec<Link> = links
            .iter()
            .map(|(code, parent)| Link {
                code: code.to_string(),
                name: code.to_string(),
                parent: parent.to_string(),
                ..Link::default()
            })
            .collect();
        let tree = Hierarchy::build(goal, goal, &links);
        (tree.nodes.len() == links.len() + 1).then_some(tree)
    }

    /// A tree from a list that is depth first, as it is serialised.
    pub(crate) fn from_list(parts: &[Listed]) -> Result<Hierarchy, Misplaced> {
        let misplaced = |at: usize, why: String| Err(Misplaced { at, why });
        if parts.first().is_none_or(|goal| goal.depth > 0) {
            return misplaced(0, "the goal is not there, or does not stand first".to_string());
        }
        let mut tree = Hierarchy { nodes: Vec::new() };
        let mut above: Vec<usize> = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if (at > 0 && part.depth == 0) || part.depth > above.len() {
                let why =
                    format!("{} has the depth {}, which nothing leads to", part.code, part.depth);
                return misplaced(at, why);
            }
            if tree.position(&part.code).is_some() {
                return misplaced(at, format!("the code {} stands twice", part.code));
            }
            above.truncate(part.depth);
            let parent = above.last().copied();
            let link = Link {
                code: part.code.clone(),
                name: part.name.clone(),
                weight: part.given_weight,
                description: part.description.clone(),
                ..Link::default()
            };
            tree.nodes.push(Node::new(&link, parent, part.depth));
            if let Some(parent) = parent {
                tree.nodes[parent].children.push(at);
            }
            above.push(at);
        }
        if parts.len() == 1 {
            return misplaced(0, "nothing stands below the goal".to_string());
        }
        Ok(tree)
    }

    /// The same tree with other given weights, by the parts' codes.
    pub(crate) fn weighted(&self, weight: impl Fn(&str) -> Option<f64>) -> Hierarchy {
        let mut tree = self.clone();
        for node in &mut tree.nodes {
            node.given_weight = weight(&node.code);
        }
        tree
    }

    /// All parts, depth first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The goal.
    pub fn goal(&self) -> &Node {
        &self.nodes[0]
    }

    /// The indicators' places in [`nodes`](Self::nodes), in order.
    pub fn leaves(&self) -> Vec<usize> {
        (0..self.nodes.len()).filter(|&at| self.nodes[at].children.is_empty()).collect()
    }

    /// The parts that have parts below them, in order.
    pub fn parents(&self) -> Vec<usize> {
        (0..self.nodes.len()).filter(|&at| !self.nodes[at].children.is_empty()).collect()
    }

    /// The place of the part with this code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.code == code)
    }

    /// The place of the part that is called so: by its code or its name, without regard to case,
    /// width or outer spaces. A code goes before a name.
    pub fn find(&self, written: &str) -> Option<usize> {
        let written = fold(written);
        let by_code = self.nodes.iter().position(|node| node.folded[0] == written);
        by_code.or_else(|| {
            let mut named = (0..self.nodes.len()).filter(|&at| self.nodes[at].folded[1] == written);
            // A name that two parts share names neither.
            named.next().filter(|_| named.next().is_none())
        })
    }

    /// Whether a part's folded code or name is this.
    pub(crate) fn is_called(&self, at: usize, folded: &str) -> bool {
        self.nodes[at].folded.iter().any(|name| name == folded)
    }

    /// All codes and names, for suggesting what was meant.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().flat_map(|node| [node.code.as_str(), node.name.as_str()])
    }

    /// Whether `at` is `ancestor` or stands below it.
    pub fn is_below(&self, at: usize, ancestor: usize) -> bool {
        let mut here = Some(at);
        while let Some(place) = here {
            if place == ancestor {
                return true;
            }
            here = self.nodes[place].parent;
        }
        false
    }
}
