// Everything behind lessons and homework, which is a third of the program and which no experiment needs.

export { checkAlone } from './check-alone.ts';
export { homeworkCommand } from './commands/homework.ts';
export { lessonCommand } from './commands/lesson.ts';
export { complete } from './complete.ts';
