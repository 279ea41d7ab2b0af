// Names from other programs of this kind, with what they are called here.

/** By each of the words that are typed. */
const byWord = (table: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(table).flatMap(([here, typed]) => typed.split(' ').map((word) => [word, here])));

/** Options, without dashes, in small letters and without hyphens. Of several the first that the command has. */
export const optionGuesses = byWord({
  rate: 'lr learningrate',
  updates: 'epochs epoch iterations iters nepochs trainsteps',
  'steps length': 't length len seqlen sequencelength timesteps',
  steps: 'n',
  hidden: 'hiddensize hiddenunits units h',
  input: 'd inputsize',
  batch: 'batchsize b',
  layers: 'numlayers nlayers depth',
  bidirectional: 'bidir',
  radius: 'spectralradius rho',
  optimiser: 'optimizer optim',
  schedule: 'scheduler',
  clip: 'clipnorm gradclip clipgradnorm',
  'truncate truncated windows': 'bptt tbptt',
  init: 'initialization initializer initialisation',
  'forget-bias': 'forgetgatebias',
  seed: 'randomseed',
  seeds: 'runs',
  jobs: 'threads workers cores j',
  out: 'output o outfile',
  force: 'overwrite',
  'file force': 'f',
  'csv file': 'data dataset',
  'file csv': 'inputfile',
  'signal csv': 'series',
  column: 'col',
  width: 'columns w',
  quiet: 'q silent',
  color: 'colour',
  load: 'model weights resume',
  'load save': 'checkpoint',
  language: 'lang',
  limit: 'timeout',
});

/** Options that do not exist here, and the alternative. */
export const absentOptions: Readonly<Record<string, string>> = {
  v: 'for the version, write --version; there is no more verbose output',
  verbose: 'remove it: the output is complete unless --quiet is given',
  dropout: 'remove it: no model here has dropout',
  prompt: 'remove it: generated text continues the beginning of your own text:  unroll train text gru --file FILE',
  temperature: 'remove it: text is generated at several temperatures:  unroll train text gru --file FILE',
  momentum: 'it is an optimiser:  unroll train adding --optimiser momentum',
  gpu: 'remove it: everything runs on the CPU',
  device: 'remove it: everything runs on the CPU',
};

/** Commands. What is the name of a lesson, a cell, a task or an exercise needs no entry. */
export const commandGuesses = byWord({
  'unroll gradients': 'vanish exploding gradient',
  'unroll cell derive lstm': 'backprop derive',
  'unroll truncation': 'bptt',
  'unroll cell show lstm': 'show',
  'unroll cell check, or unroll homework check EXERCISE FILE': 'check',
  'unroll cell run lstm --vectors FILE': 'run',
  'unroll cell list, unroll lesson list or unroll homework list': 'list',
  'unroll cell list': 'cells',
  'unroll lesson list': 'lessons',
  'unroll homework list': 'exercises',
  'unroll homework start rnn-step': 'exercise',
  'unroll homework grade DIR': 'grade',
  'unroll homework hint EXERCISE': 'hint',
  'unroll lesson': 'learn course teach',
  'unroll tour': 'start demo',
  'unroll train text gru --file FILE, which ends with generated text': 'sample generate',
  'unroll exposure --csv FILE': 'predict',
  'unroll homework check EXERCISE FILE': 'test',
  'unroll gradients --out chart.svg': 'plot',
  'unroll diagram': 'draw',
  'unroll bench': 'benchmark',
  'unroll --version': 'version',
});
