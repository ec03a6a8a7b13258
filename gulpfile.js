// Copies what the compiler does not: icons and codex files of the nodes, and the files that pages are made of.
// BUILD_DIR: where the compiler wrote to (default: dist).
const { dest, parallel, src } = require('gulp');

const buildDir = process.env.BUILD_DIR || 'dist';
const options = { allowEmpty: true, encoding: false };

const icons = () => src('icons/**', options).pipe(dest(`${buildDir}/icons`));
const nodeFiles = () => src('nodes/**/*.{node.json,svg,png,html,css,js}', options).pipe(dest(`${buildDir}/nodes`));
const pageFiles = () =>
	src(['simulator/phone/**', '!**/*.ts', '!**/*.md'], options).pipe(dest(`${buildDir}/simulator/phone`));
const consoleFiles = () => src('engine/console/page/**', options).pipe(dest(`${buildDir}/engine/console/page`));

exports.default = parallel(icons, nodeFiles, pageFiles, consoleFiles);
