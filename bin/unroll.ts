#!/usr/bin/env node
// The entry: hands the command line to lib/cli and sets the exit code.

import { main } from '../lib/cli/main.ts';

process.exitCode = await main(process.argv.slice(2));
