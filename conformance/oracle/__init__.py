"""What a rollout should become, worked out from its line alone and without a line of the product's code.

Written from the rules of NeMo Gym's own converter (responses_converter.py) and of the trainers' documents.
"""
