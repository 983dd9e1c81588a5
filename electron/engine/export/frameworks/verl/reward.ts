export const rewardName = 'my_reward.py';

/** A reward function that verl is told to use: it knows no data source of ours. */
export const rewardFunction = `"""Scores answers: reward.custom_reward_function.path=${rewardName}. Put your own check here."""


def compute_score(data_source, solution_str, ground_truth, extra_info=None, **kwargs):
    """1.0 where the answer ends with the ground truth. extra_info["gym"] is a JSON text of the task's fields."""
    return 1.0 if solution_str.strip().endswith(ground_truth.strip()) else 0.0
`;
