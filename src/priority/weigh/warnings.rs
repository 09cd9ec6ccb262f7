//! What has to be said about the judgements under a node.

use super::Weigher;
use super::node::{ExpertWeights, NodeWeights};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::judgement::{Incomplete, NodeJudgements};
use crate::model::JudgementScale;
use crate::priority::Consistency;

impl Weigher<'_> {
    /// The other scales are defined from 1 to 9 only.
    pub(super) fn is_on_scale(&self, judged: &NodeJudgements, log: &mut Diagnostics) -> bool {
        if self.rules.scale == JudgementScale::Linear {
            return true;
        }
        let mut sound = true;
        let items = &self.items;
        for (expert, words) in &judged.experts {
            for (i, j) in words.pairs() {
                let word = words.get(i, j).unwrap_or(1.0);
                if word.max(1.0 / word) > 9.0 + 1e-9 {
                    let message = format!(
                        "{} judged “{}” over “{}” {word}; the scale {} ends at 9",
                        self.experts.all()[*expert].name,
                        items[i],
                        items[j],
                        self.rules.scale
                    );
                    let hint = "only the linear scale can be longer";
                    log.push(Diagnostic::error(Code::JudgementOutOfScale, message).hint(hint));
                    sound = false;
                }
            }
        }
        sound
    }

    /// The groups of items that judgements leave unconnected, in words.
    fn groups(&self, judgements: &Incomplete) -> String {
        let items = &self.items;
        let named = |group: &Vec<usize>| {
            let names: Vec<&str> = group.iter().map(|&at| items[at]).collect();
            format!("{{{}}}", names.join(", "))
        };
        let groups: Vec<String> = judgements.components().iter().map(named).collect();
        groups.join(" and ")
    }

    pub(super) fn refuse_disconnected(&self, group: &Incomplete, log: &mut Diagnostics) {
        let message = format!(
            "no judgement connects the items under “{}” with each other: {}",
            self.code(),
            self.groups(group)
        );
        let hint = "ask an expert for at least one comparison between an item of each group and one \
                    of another";
        log.push(Diagnostic::error(Code::JudgementDisconnected, message).hint(hint));
    }

    /// Experts without weights of their own, where weights are to be combined.
    pub(super) fn refuse_without_own(&self, experts: &[&ExpertWeights], log: &mut Diagnostics) {
        for own in experts.iter().filter(|own| own.weights.is_none()) {
            let message = format!(
                "{}'s judgements under “{}” leave groups unconnected: {}",
                own.expert,
                self.code(),
                self.groups(&own.matrix)
            );
            let hint = "ask for a comparison between them, or combine judgement by judgement \
                        (`--aggregate aij`)";
            log.push(Diagnostic::error(Code::JudgementDisconnected, message).hint(hint));
        }
    }

    pub(super) fn tell_left_out(
        &self,
        experts: &[&ExpertWeights],
        limit: f64,
        log: &mut Diagnostics,
    ) {
        let over: Vec<&&ExpertWeights> = experts.iter().filter(|own| !own.included).collect();
        if over.len() == experts.len() {
            let message = format!(
                "every expert's CR under “{}” is above {limit}: nobody is left",
                self.code()
            );
            let hint =
                "raise `--exclude-above`, or ask the experts to look at their judgements again";
            log.push(Diagnostic::error(Code::ExpertsAllExcluded, message).hint(hint));
            return;
        }
        for own in over {
            let cr = own.cr().unwrap_or(f64::NAN);
            let message = format!(
                "{} is left out under “{}”: CR {cr:.3} is above {limit}",
                own.expert,
                self.code()
            );
            log.push(Diagnostic::warning(Code::ExpertExcluded, message));
        }
    }

    pub(super) fn warn(
        &self,
        node: &NodeWeights,
        group: &Consistency,
        n: usize,
        log: &mut Diagnostics,
    ) {
        let limit = self.rules.consistency_limit;
        let alone = node.experts.len() == 1;
        if !group.acceptable && !alone {
            let message = format!(
                "the group's judgements under “{}” have CR {:.3}, above {limit}",
                node.node, group.cr
            );
            log.push(Diagnostic::warning(Code::ConsistencyOverLimit, message));
        }
        for expert in &node.experts {
            let Some(own) = &expert.consistency else {
                let message = format!(
                    "{}'s judgements under “{}” leave groups unconnected ({}); they count in the \
                     group, but give no weights of their own",
                    expert.expert,
                    node.node,
                    self.groups(&expert.matrix)
                );
                log.push(Diagnostic::warning(Code::JudgementDisconnected, message));
                continue;
            };
            if own.acceptable || !expert.included {
                continue;
            }
            let message = format!(
                "{}'s judgements under “{}” have CR {:.3}, above {limit}",
                expert.expert, node.node, own.cr
            );
            let changes: Vec<String> = node
                .repair
                .iter()
                .filter(|repair| repair.expert == expert.expert)
                .map(|repair| {
                    format!(
                        "“{}” over “{}” {} instead of {}",
                        repair.a,
                        repair.b,
                        crate::text::ratio(repair.to),
                        crate::text::ratio(repair.from)
                    )
                })
                .collect();
            let hint = if changes.is_empty() {
                "ask the expert to look at these judgements again".to_string()
            } else {
                format!(
                    "ask the expert to look again; the least that would do: {}",
                    changes.join(", ")
                )
            };
            log.push(Diagnostic::warning(Code::ConsistencyOverLimit, message).hint(hint));
        }
        if group.ri_table != self.rules.random_index && node.incomplete.is_none() {
            let message = format!(
                "the table {} has no random index for {n} items; that of {} is used under “{}”",
                self.rules.random_index, group.ri_table, node.node
            );
            log.push(Diagnostic::warning(Code::RandomIndexBeyondTable, message));
        }
    }
}
