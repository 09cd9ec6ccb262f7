//! The choices that a model can make, as the words that stand in its file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
            pub enum $name {
                $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
            }

            impl $name {
                /// Every choice, in the order of the documentation.
                pub const ALL: &'static [$name] = &[$($name::$variant,)*];

                /// The word that stands in the model and on the command line.
                pub fn as_str(self) -> &'static str {
                    match self { $($name::$variant => $word,)* }
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            impl std::str::FromStr for $name {
                type Err = String;

                fn from_str(word: &str) -> Result<Self, String> {
                    Self::ALL.iter().copied().find(|choice| choice.as_str() == word).ok_or_else(|| {
                        let words: Vec<_> = Self::ALL.iter().map(|choice| choice.as_str()).collect();
                        format!("expected one of {}", words.join(", "))
                    })
                }
            }
        )*
    };
}

words! {
    /// Whether more of an indicator is better.
    Direction {
        /// More is better.
        #[default] Benefit = "benefit",
        /// Less is better. Experts who score have already turned it; measured values are turned here.
        Cost = "cost",
    }
    /// Where an indicator's scores come from.
    Source {
        /// Experts score each customer on the model's scale.
        #[default] Experts = "experts",
        /// A column of the sheet `Measured`, in its own unit, brought onto the scale by a rule.
        Measured = "measured",
        /// A figure of the customer's sales, brought onto the scale by a rule.
        Transactions = "transactions",
        /// Several of these, by the shares that they are given.
        Blend = "blend",
    }
    /// How a value that is no score, measured or of sales, comes onto the model's scale.
    ScaleRule {
        /// Linear between the smallest and the largest value among the customers.
        #[default] MinMax = "min-max",
        /// By cut points: below the first the lowest score, above the last the highest.
        Cuts = "cuts",
        /// By equal shares of the customers, ties together.
        Quantiles = "quantiles",
        /// The value is on the scale already.
        AsIs = "as-is",
    }
    /// How weights are taken from a comparison matrix.
    Method {
        /// The principal right eigenvector (Saaty 1977).
        #[default] Eigenvector = "eigenvector",
        /// The row geometric mean (Crawford and Williams 1985).
        Rgmm = "rgmm",
    }
    /// A published table of random indices.
    RandomIndex {
        /// Saaty 1980, 500 matrices for each size: 0.58, 0.90, 1.12, 1.24 …
        #[default] Saaty1980 = "saaty1980",
        /// Saaty 2005 and Saaty and Tran 2007: 0.52, 0.89, 1.11, 1.25 …
        Saaty2007 = "saaty2007",
        /// As SuperDecisions uses it: 0.52, 0.89, 1.12, 1.25 …
        SuperDecisions = "superdecisions",
        /// Alonso and Lamata 2006, 100,000 matrices.
        AlonsoLamata2006 = "alonso_lamata2006",
        /// Alonso and Lamata's line RI = (1.7699 n − 4.3513)/(n − 1), for any size.
        AlonsoLamataFit = "alonso_lamata_linear_fit",
        /// Donegan and Dodd 1991, to 100 items.
        DoneganDodd1991 = "donegan_dodd1991",
        /// Golden and Wang 1990.
        GoldenWang1990 = "golden_wang1990",
        /// Simulated with 500,000 matrices, to 50 items (the R package ahpsurvey).
        Ahpsurvey500k = "ahpsurvey_500k",
        /// Aguarón and Moreno-Jiménez 2003, 100,000 matrices.
        AguaronMoreno2003 = "aguaron_moreno2003",
        /// Noble and Sanchez 1990.
        Noble1990 = "noble1990",
        /// Tumala and Wan 1994.
        TumalaWan1994 = "tumala_wan1994",
        /// Ágoston and Csató 2022, made for matrices with gaps; complete ones of 4 to 7 items.
        AgostonCsato2022 = "agoston_csato2022",
        /// By enumeration of all matrices on Saaty's 17 values, to 4 items.
        Exact = "exact_saaty17_scale",
    }
    /// What happens where an expert left comparisons empty.
    Gaps {
        /// Every comparison must be there.
        #[default] Refuse = "refuse",
        /// The gaps get the judgements that contradict the given ones least: those with the smallest
        /// principal eigenvalue (Bozóki, Fülöp and Rónyai 2010).
        LambdaMin = "lambda-min",
        /// Logarithmic least squares over the given judgements (Crawford and Williams 1985; Bozóki,
        /// Fülöp and Rónyai 2010).
        Llsm = "llsm",
    }
    /// How several experts become one group.
    Aggregate {
        /// Judgement by judgement: the weighted geometric mean of the matrices.
        #[default] Aij = "aij",
        /// Weights by weights: the weighted geometric mean of each expert's own weights.
        Aip = "aip",
        /// The weighted arithmetic mean of each expert's own weights.
        AipArithmetic = "aip-arithmetic",
    }
    /// What a step on the 1–9 scale of words is worth as a ratio.
    JudgementScale {
        /// 3 means three times (Saaty 1977).
        #[default] Linear = "linear",
        /// The square (Harker and Vargas 1987).
        Power = "power",
        /// Each step doubles (Lootsma 1989).
        Geometric = "geometric",
        /// The binary logarithm of x + 1 (Ishizaka, Balkenborg and Kaplan 2010).
        Logarithmic = "logarithmic",
        /// The square root (Harker and Vargas 1987).
        RootSquare = "root_square",
        /// 9/(10 − x) (Ma and Zheng 1991).
        InverseLinear = "inverse_linear",
        /// Equal steps of the weight between two items (Salo and Hämäläinen 1997).
        Balanced = "balanced",
        /// Equal steps of the weight among n items (Goepel 2018).
        BalancedN = "balanced_n",
        /// The same, up to a weight of 0.9 (Goepel 2018).
        AdaptiveBalanced = "adaptive_balanced",
        /// A power that makes the weight of an extreme item 0.9 for any n (Goepel 2018).
        Adaptive = "adaptive",
    }
    /// How the scores that several experts gave become one.
    Combine {
        /// The mean, weighted by the experts' weights.
        #[default] Mean = "mean",
        /// The median, weighted by the experts' weights.
        Median = "median",
        /// The weighted mean without the lowest and the highest score, where at least three scored.
        TrimmedMean = "trimmed-mean",
    }
    /// Weights from the data alone: how much an indicator tells the customers apart.
    Objective {
        /// By Shannon's entropy (Hwang and Yoon 1981).
        #[default] Entropy = "entropy",
        /// By contrast and conflict (Diakoulaki, Mavrotas and Papayannakis 1995).
        Critic = "critic",
        /// By the standard deviation of the scores brought to 0…1.
        Sd = "sd",
    }
    /// What happens where no expert scored a customer on an indicator.
    Missing {
        /// There is no result until the score is there.
        #[default] Refuse = "refuse",
        /// The middle of the scale.
        Neutral = "neutral",
        /// The mean of the other customers on this indicator.
        IndicatorMean = "indicator-mean",
        /// The customer's other indicators carry the weight, in proportion.
        Reweigh = "reweigh",
        /// The customer is not evaluated.
        LeaveOut = "leave-out",
    }
    /// Where k-means starts.
    Start {
        /// SPSS QUICK CLUSTER's rule: k cases far apart, found in one pass.
        #[default] Spss = "spss",
        /// The first k cases (SPSS NOINITIAL).
        First = "first",
        /// k-means++ with a seed (Arthur and Vassilvitskii 2007).
        KmeansPlusPlus = "kmeans++",
    }
    /// What is done to variables before clustering.
    Standardise {
        /// Nothing.
        #[default] None = "none",
        /// Mean 0, standard deviation 1.
        Z = "z",
        /// From 0 to 1.
        MinMax = "min-max",
    }
    /// When k-means moves a centre.
    Update {
        /// After all cases are assigned, to the mean of its cases (SPSS NOUPDATE).
        #[default] Batch = "batch",
        /// As soon as a case joins it (SPSS UPDATE, running means).
        Running = "running",
    }
    /// What happens to a case that lacks some of the variables to cluster by.
    Incomplete {
        /// It takes no part.
        #[default] Listwise = "listwise",
        /// It takes part by the variables that it has.
        Pairwise = "pairwise",
    }
    /// The distances that the gap statistic adds up.
    GapDistance {
        /// Squared, as Tibshirani, Walther and Hastie (2001): the sum of squares within clusters.
        #[default] Squared = "squared",
        /// As they are, the default of R's clusGap.
        Plain = "plain",
    }
    /// How clusters get their names.
    ClassRule {
        /// By the position of the centre in a plane of two criteria.
        #[default] Quadrant = "quadrant",
        /// By the order of the centres' values of the goal, lowest first.
        Ranked = "ranked",
    }
    /// What parts high from low in the plane of classes.
    Cut {
        /// The mean of the clusters' centres, each cluster counting once.
        #[default] Centres = "centres",
        /// The mean of the customers.
        Customers = "customers",
        /// The value of a customer who has the middle of the scale everywhere.
        Scale = "scale",
    }
    /// Where a customer is heading, from one period to the next.
    Heading {
        /// Not there before.
        New = "new",
        /// To a higher class.
        Rise = "rise",
        /// In the same class.
        #[default] Stay = "stay",
        /// To a lower class.
        Fall = "fall",
        /// Not there any more.
        Lost = "lost",
    }
    /// One side of a cut.
    Level {
        /// Below the cut.
        #[default] Low = "low",
        /// On the cut or above it.
        High = "high",
    }
}
