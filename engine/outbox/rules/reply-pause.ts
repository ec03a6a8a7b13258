import { REMINDER } from '../../model-receivable';
import { refuse, type Rule } from './facts';

/**
 * Whoever wrote after their reminder was planned hears no reminder in the middle of what they say; often it waited for a start, and
 * their own message is what made room for it. The ladder plans it anew once its pause is over. One that was told to wait until the
 * contact writes has come to its moment.
 */
export const replyPause: Rule = ({ purpose, askedAt, lastInboundAt, outsideWindow }) => {
	if (purpose !== REMINDER || outsideWindow.type === 'hold') return null;
	if (lastInboundAt === null || lastInboundAt <= askedAt) return null;
	return refuse(
		'replyPause',
		'Não enviada: o contato escreveu depois que o lembrete foi planejado. A régua decide de novo depois da pausa.',
	);
};
