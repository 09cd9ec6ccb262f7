//! The rules by which customers are clustered.

use super::super::draft::Draft;
use super::super::{ClusterRules, Hierarchy};
use super::Checker;
use crate::diagnostic::Code;

/// The most clusters that can be asked for.
const MOST_CLUSTERS: usize = 1_000;

impl Checker<'_> {
    pub fn clusters(&mut self, draft: &Draft, hierarchy: &Hierarchy) -> ClusterRules {
        let rules = &draft.clusters;
        let variables = match &rules.variables {
            Some(names) => {
                names.iter().filter_map(|name| self.part("variables", name, hierarchy)).collect()
            }
            None => {
                let goal = hierarchy.goal();
                let children = goal.children.iter().map(|&child| &hierarchy.nodes()[child]);
                std::iter::once(goal).chain(children).map(|node| node.code.clone()).collect()
            }
        };
        let k = *rules.k.get_ref();
        if !(1..=MOST_CLUSTERS).contains(&k) {
            let hint = "the number of clusters is from 1 to 1,000";
            self.fault(Code::ModelValueInvalid, &rules.k, "k", format!("k is {k}"), hint);
        }
        if *rules.max_iterations.get_ref() < 1 {
            let hint = "at least 1";
            let at = &rules.max_iterations;
            self.fault(Code::ModelValueInvalid, at, "max_iterations", "it is 0", hint);
        }
        if !(0.0..1.0).contains(rules.converge.get_ref()) {
            let message = format!("converge is {}", rules.converge.get_ref());
            let hint = "a share from 0 up to, but not including, 1";
            self.fault(Code::ModelValueInvalid, &rules.converge, "converge", message, hint);
        }
        ClusterRules {
            variables,
            k: *rules.k.get_ref(),
            start: rules.start,
            start_cases: rules.start_cases.clone(),
            standardise: rules.standardise,
            max_iterations: *rules.max_iterations.get_ref(),
            converge: *rules.converge.get_ref(),
            seed: rules.seed,
        }
    }
}
