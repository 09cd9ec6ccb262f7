//! A survey as the contents of a new workbook: for the next round, or from CSV to a workbook.

use super::{Given, Survey};
use crate::model::Model;
use crate::workbook::{Contents, ExpertEntry};

impl Survey {
    /// What was read, under the model's codes, to fill a template with.
    pub fn contents(&self, model: &Model) -> Contents {
        let mut contents =
            Contents { customers: self.scores.customers.all().to_vec(), ..Contents::default() };
        contents.experts = self
            .experts
            .all()
            .iter()
            .map(|expert| ExpertEntry {
                name: expert.name.clone(),
                role: expert.role.clone(),
                weight: expert.weight,
                include: expert.include,
            })
            .collect();
        let code = |written: &str| {
            model.hierarchy.find(written).map(|at| model.hierarchy.nodes()[at].code.clone())
        };
        for comparison in &self.comparisons {
            if let (Given::Judgement(judgement), Some(node), Some(a), Some(b)) =
                (comparison.given, code(&comparison.node), code(&comparison.a), code(&comparison.b))
            {
                let expert = self.expert_name(&comparison.expert);
                contents.judgements.insert((expert, node, a, b), judgement);
            }
        }
        let customer = |at: u32| self.scores.customers.all()[at as usize].clone();
        let indicator = |at: u32| model.indicators[at as usize].code.clone();
        for score in &self.scores.given {
            let expert = self.experts.all()[score.expert as usize].name.clone();
            let key = (expert, customer(score.customer), indicator(score.indicator));
            contents.scores.insert(key, score.value);
        }
        for ((who, at), value) in &self.measured {
            contents.measured.insert((customer(*who), indicator(*at)), *value);
        }
        for (who, class) in &self.own_classes {
            contents.classes.insert(customer(*who), class.clone());
        }
        contents
    }

    /// An expert's name as first written.
    fn expert_name(&self, written: &str) -> String {
        match self.experts.find(written) {
            Some(at) => self.experts.all()[at].name.clone(),
            None => written.to_string(),
        }
    }
}
