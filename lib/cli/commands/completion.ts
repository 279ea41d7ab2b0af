// unroll completion: a script for the shell that asks unroll itself at every tab (--get-completions).

import { InputError } from '../../equations/input-error.ts';
import type { Command } from '../command.ts';
import { write } from '../output.ts';

const scripts = {
  bash: `# bash completion for unroll; add to ~/.bashrc:  source <(unroll completion bash)
_unroll() {
  local IFS=$'\\n'
  COMPREPLY=($(unroll --get-completions "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _unroll unroll
`,
  zsh: `#compdef unroll
# zsh completion for unroll; add to ~/.zshrc:  source <(unroll completion zsh)
_unroll() {
  local -a found
  found=("\${(@f)$(unroll --get-completions "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  (( \${#found} )) && compadd -- $found || _files
}
compdef _unroll unroll
`,
  fish: `# fish completion for unroll; add to ~/.config/fish/config.fish:  unroll completion fish | source
complete -c unroll -a '(unroll --get-completions (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;

type Shell = keyof typeof scripts;
const isShell = (text: string): text is Shell => Object.hasOwn(scripts, text);

export const completionCommand: Command = {
  options: {},
  examples: [['source <(unroll completion bash)', 'try it in this shell']],
  run: async ({ shell }) => {
    const typed = String(shell);
    if (!isShell(typed))
      throw new InputError('completion', `There is no completion for \`${typed}\`.`, {
        expected: Object.keys(scripts).join(', '),
        got: typed,
        fix: 'name your shell: bash, zsh or fish',
      });
    write(scripts[typed], {});
    return 0;
  },
};
