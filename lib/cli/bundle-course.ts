// Everything behind lessons and homework, which is a third of the program and which no experiment needs; and what tells of them.

export { homeworkCommand } from './commands/homework.ts';
export { checkAlone } from './commands/homework-grade.ts';
export { lessonCommand } from './commands/lesson.ts';
export { schemaCommand } from './commands/schema.ts';
export { complete } from './complete.ts';
export { usageProblem, wrongWord } from './usage-problem.ts';
