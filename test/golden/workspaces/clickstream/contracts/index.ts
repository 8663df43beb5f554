export * from './messages/page.clicked.ts';
