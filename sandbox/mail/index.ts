import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { NewCredential } from '../n8n/api';

/** An email that n8n has sent. */
export interface Mail {
	to: string;
	subject: string;
	/** The body, as plain text. */
	text: string;
}

/** A mail server of this machine, which sends nothing on. */
export interface Mailbox {
	mails: Mail[];
	/** Whether it refuses what comes next. */
	isDown: boolean;
	credential: NewCredential;
	close(): Promise<void>;
}

/** @param onMail - told of each */
export async function startMailbox(onMail: (mail: Mail) => void = () => {}): Promise<Mailbox> {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, { envelope }, done) {
			void buffer(stream).then(async (message) => {
				if (box.isDown) return done(new Error('The mailbox is full'));
				const { subject = '', text = '' } = await PostalMime.parse(message);
				const mail = { to: envelope.rcptTo.map(({ address }) => address).join(), subject, text };
				mails.push(mail);
				onMail(mail);
				done();
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	const box: Mailbox = {
		mails,
		isDown: false,
		credential: {
			name: 'SMTP account',
			type: 'smtp',
			data: { host: '127.0.0.1', port, secure: false, disableStartTls: true },
		},
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
	return box;
}
