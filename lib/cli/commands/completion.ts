// unroll completion: a script for the shell that asks unroll itself at every tab (--get-yargs-completions).

import { InputError } from '../../equations/input-error.ts';
import type { Command } from '../command.ts';
import { write } from '../output.ts';

const scripts = {
  bash: `# bash completion for unroll; add to ~/.bashrc:  source <(unroll completion bash)
_unroll() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(SHELL=bash unroll --get-yargs-completions "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _unroll unroll
`,
  zsh: `#compdef unroll
# zsh completion for unroll; add to ~/.zshrc:  source <(unroll completion zsh)
_unroll() {
  local -a words_found
  words_found=("\${(@f)$(SHELL=zsh unroll --get-yargs-completions "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  _describe 'unroll' words_found || _files
}
compdef _unroll unroll
`,
  fish: `# fish completion for unroll; add to ~/.config/fish/config.fish:  unroll completion fish | source
complete -c unroll -a '(env SHELL=bash unroll --get-yargs-completions (commandline -opc) (commandline -ct) 2>/dev/null)'
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
      throw new InputError({
        where: 'completion',
        says: `There is no completion for \`${typed}\`.`,
        expected: Object.keys(scripts).join(', '),
        got: typed,
        mend: 'name your shell: bash, zsh or fish',
      });
    write(scripts[typed], {});
    return 0;
  },
};
