// A lesson to begin with: one block of each kind that most lessons have, in words that say what to put in their place.

export const lessonTemplate = (title: string): string => `---
title: ${title}
tracks: [beginner]
minutes: 5
teaches: []
---

## What this is about

Say in a few sentences what the reader will be able to do. Then let them guess before they see.

\`\`\`predict decay figures=1
question: By what factor does the gradient of a plain RNN shrink at every step?
run: gradients rnn --steps 64
number: cell("rnn", "decay a step")
worthless: 0.3
because: |
  It shrinks to {{cell("rnn", "decay a step")}} of its size at every step. A number that a run can give is never typed.
\`\`\`

## Try it

\`\`\`cell figures=1
h = tanh(W_h * h_prev + W_x * x + b)   # the hidden state
---
run: states {cell} --text "the bank"
try: take out W_h * h_prev, and see what is left of the memory
\`\`\`

\`\`\`quiz
question: What does h_prev hold?
choices:
  - text: the hidden state of the step before
    right: true
    because: It is what the net remembers.
  - text: the input of the step before
    because: That has been mixed into the hidden state; as itself it is gone.
\`\`\`

## Interview questions

\`\`\`reveal
Why does sharing weights over time matter?
---
Write the answer here.
\`\`\`
`;
