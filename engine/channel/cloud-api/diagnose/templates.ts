/** Which templates may be sent, and which were stopped? Pure. */
import type { Template, TemplateStatus } from '../../../model-template';
import { fine, plural, wrong } from '../../findings';
import type { Answer, Finding } from '../../port';

const STOPPED: ReadonlySet<TemplateStatus> = new Set(['rejected', 'paused', 'disabled']);
const MOST_NAMED = 5;

export function templateFindings(answer: Answer<Template[]>): Finding[] {
	if (answer.type !== 'ok') {
		const why = answer.type === 'refused' ? answer.explanation : answer.reason;
		return [
			wrong('templates', `The list of templates could not be read: ${why}`, 'See the other findings, then try again.'),
		];
	}
	const templates = answer.value;
	if (templates.length === 0) {
		return [fine('templates', 'There is no template yet. Without one nobody can be written to first.')];
	}
	const counts = new Map<TemplateStatus, number>();
	for (const { status } of templates) counts.set(status, (counts.get(status) ?? 0) + 1);
	const summary = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
	const found = `${plural(templates.length, 'template')}: ${summary}.`;
	const stopped = templates.filter(({ status }) => STOPPED.has(status));
	if (stopped.length === 0) return [fine('templates', found)];
	const names = stopped.slice(0, MOST_NAMED).map(named).join('; ');
	const more = stopped.length > MOST_NAMED ? `; and ${stopped.length - MOST_NAMED} more` : '';
	return [
		wrong(
			'templates',
			`${found} Stopped: ${names}${more}.`,
			'Correct a rejected or paused one with Template: Edit, which asks for approval again. A disabled one cannot be saved: create a new one.',
		),
	];
}

function named({ name, language, status, reason }: Template): string {
	return `${name} (${language}) ${status}${reason ? `, ${reason}` : ''}`;
}
