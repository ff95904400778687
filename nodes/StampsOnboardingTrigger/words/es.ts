import type { Words } from './en';

/** The same in Spanish, as people in the United States speak it, with "usted". */
export const ES: Words = {
	title: 'Abrir una cuenta de Stamps.com',
	description: '',
	button: 'Abrir la cuenta',

	contact: 'Contacto',
	email: 'Correo electrónico',
	emailMissing: 'Escriba su correo electrónico',
	name: 'Nombre completo',
	nameMissing: 'Escriba su nombre y apellido',
	phone: 'Teléfono celular',
	phoneMissing: 'Escriba su número de teléfono',
	phoneNote: 'Le enviaremos un código por mensaje de texto para confirmarlo.',
	address: 'Dirección en Estados Unidos o sus territorios',
	optional: '(opcional)',
	company: 'Empresa',
	street: 'Calle y número',
	streetMissing: 'Escriba su calle y número',
	suite: 'Apartamento, oficina',
	city: 'Ciudad',
	cityMissing: 'Escriba su ciudad',
	state: 'Estado o territorio',
	stateChoose: 'Elija…',
	stateMissing: 'Elija su estado o territorio',
	zip: 'Código postal (ZIP)',
	zipMissing: 'Escriba su código postal',
	addressKind: 'Tipo de dirección',
	addressKindUnknown: 'No lo sé',
	addressKindHome: 'Una casa',
	addressKindBusiness: 'Un negocio',
	card: 'Tarjeta de crédito o débito',
	cardName: 'Nombre en la tarjeta',
	cardNameMissing: 'Escriba el nombre que está en la tarjeta',
	cardNumber: 'Número de tarjeta',
	cardNumberMissing: 'Escriba el número de tarjeta',
	cardNumberNote: 'Visa, Mastercard, Amex o Discover',
	cardExpiry: 'Fecha de vencimiento',
	cardExpiryExample: 'MM / AA',
	cardExpiryMissing: 'Escriba la fecha de vencimiento',
	cardExpiryNote: 'Mes y año',
	cardEncrypted: 'Los datos de la tarjeta se cifran en este navegador antes de enviarse.',
	cardInText: 'Esto parece un número de tarjeta. Escríbalo solo en “{label}”',
	cardNotHere: 'Esto parece un número de tarjeta. No lo escriba aquí',
	terms: 'Acepto los términos y condiciones de Stamps.com y USPS.',
	termsMissing: 'Acepte los términos y condiciones para continuar',
	termsLink: 'Leer los términos y condiciones',
	privacyLink: 'Leer el aviso de privacidad',

	sending: 'Enviando…',
	sendingRegistration: 'Enviando su registro. Espere, por favor.',
	sendingCode: 'Enviando el código. Espere, por favor.',
	askingForText: 'Pidiendo el código. Espere, por favor.',
	correctOne: 'Corrija esto, por favor',
	correctMany: 'Corrija estos {count} campos, por favor',
	fieldJoin: ': ',
	fieldNotAccepted: 'no se pudo aceptar este dato. Revíselo, por favor',

	codeTitle: 'Confirme su número de teléfono',
	code: 'Código del mensaje de texto',
	codeMissing: 'Escriba el código del mensaje de texto',
	codeConfirm: 'Confirmar',
	codeTextMe: 'Enviarme un código',
	codeTextAgain: 'Enviar otro código',
	codeWrongNumber: '¿Número equivocado?',
	codeNewPhone: 'Teléfono celular correcto',
	codeNewPhoneMissing: 'Escriba su número de teléfono',
	codeTextPhone: 'Enviar el código a este número',
	codeNextIn: 'Puede pedir otro código en {time}.',
	codeAsk:
		'Escriba el código del mensaje de texto. Si no recibió ninguno, pida que le enviemos uno.',
	accountOpen: 'Su cuenta ya está abierta.',
	accountResent:
		'Su cuenta ya está abierta con los datos que envió la primera vez. No usamos los que envió ahora.',
	accountExisting:
		'Ya existe una cuenta abierta para usted: no abrimos otra ni usamos lo que envió ahora.',
	codeTexted:
		'Para activarla, escriba el código que enviamos por mensaje de texto al teléfono que termina en {end}.',
	codeNotTexted:
		'No se pudo enviar el código al teléfono que termina en {end}: pida otro código con el botón de abajo.',
	codePerhapsTexted:
		'No sabemos si el código se envió al teléfono que termina en {end}. Si no llega en un minuto, o si el código no funciona, pida otro.',

	receivedTitle: 'Gracias',
	receivedText: 'Recibimos su registro.',
	readyTitle: 'Su cuenta está lista',
	readyText:
		'Su teléfono está confirmado. Ya puede comprar etiquetas de USPS en el sitio que le dio el enlace a esta página. El franqueo se cobra a la tarjeta de la cuenta. La cuenta en sí es gratuita y es de Stamps.com.',

	waitTitle: 'Espere un momento',
	waitText: 'Hace poco se pidió un mensaje de texto, o se pidieron demasiados.',
	waitAgainIn: 'Podrá enviarlo otra vez en {time}.',
	waitOver: 'Ya puede enviarlo.',
	timeSecond: '1 segundo',
	timeSeconds: '{count} segundos',
	timeMinutes: '{count} minutos',
	timeHours: '{count} horas',
	timeAbout: 'aproximadamente {time}',

	notAccepted: 'No pudimos aceptar su registro',
	notDone: 'Esto no se pudo completar',
	notTexted: 'No se pudo enviar el mensaje de texto',
	notVerified: 'El código no es válido',
	notVerifiedNext: 'Solo sirve el código del mensaje de texto más reciente.',
	notRegistered: 'No pudimos abrir su cuenta',

	unknownTitle: 'Todavía no lo sabemos',
	unknownRegistration:
		'Todavía no sabemos si su cuenta se abrió. Si no recibe noticias en una hora, comuníquese con nosotros. Por favor, no envíe el formulario otra vez.',
	unknownText:
		'No sabemos si el mensaje de texto se envió. Si no llega en un minuto, o si el código no funciona, pida otro.',
	unknownCode:
		'No sabemos si el código se aceptó. Envíelo una vez más. Si entonces no se acepta, pida otro código.',
	stillHere: 'Todo lo que escribió sigue aquí.',
	lostTitle: 'No sabemos si su registro llegó',
	lostText:
		'No recibimos una respuesta clara. Espere un minuto: si recibe noticias nuestras, su registro llegó. Si no, revise su conexión y envíelo otra vez. Si vuelve a pasar, avísenos.',
	lostRedirected:
		'La respuesta lleva a otra dirección, por ejemplo a una página para iniciar sesión. Espere un minuto y envíelo otra vez. Si vuelve a pasar, avísenos.',
	awayTitle: 'El registro está cerrado en este momento',
	awayText: 'No se recibió nada. Inténtelo más tarde, o pídanos otro enlace.',
	expiredTitle: 'Todavía no se envió nada',
	expiredText:
		'La página estuvo abierta mucho tiempo y no se pudo renovar. Revise su conexión y envíelo otra vez. Si vuelve a pasar, cargue la página de nuevo.',
	otherTermsTitle: 'Los términos y condiciones cambiaron',
	otherTermsText:
		'Todavía no se envió nada. Léalos otra vez, marque la casilla y envíe el formulario.',
	codeLostTitle: 'No sabemos qué pasó',
	codeLostText:
		'No recibimos una respuesta clara. Revise su conexión e inténtelo otra vez. Si vuelve a pasar, avísenos.',
	codeLostRedirected:
		'La respuesta lleva a otra dirección, por ejemplo a una página para iniciar sesión. Inténtelo otra vez. Si vuelve a pasar, avísenos.',
	codeAwayTitle: 'Esta página está cerrada en este momento',
	codeTooOldTitle: 'Esta página estuvo abierta demasiado tiempo',
	codeTooOldText:
		'No se envió nada. Cargue esta página otra vez: su cuenta sigue ahí. Si eso no funciona, pídanos un enlace.',

	reasonCardDeclined: 'La tarjeta fue rechazada.',
	adviceCard:
		'¿El nombre es el suyo y la dirección es la de la tarjeta? Algunos bancos también bloquean los pagos de franqueo. Corríjalo, pregunte a su banco o pruebe con otra tarjeta.',
	adviceOtherCard: 'Pruebe con otra tarjeta.',
	reasonLoadAgain: 'Vuelva a cargar la página, llene el formulario y envíelo.',
	reasonSendOpen:
		'No sabemos qué pasó con su envío anterior. Volvimos a poner ese correo y ese teléfono: envíelos otra vez. Si el teléfono está mal, podrá corregirlo en la página siguiente. Si eso no funciona, cargue la página otra vez.',
	reasonExists: 'Usted ya tiene una cuenta abierta. Pídanos un enlace para continuar.',
	reasonNotInvited:
		'Esta invitación se envió a otro correo. Escriba el correo en el que la recibió, o pídanos otra.',
	reasonUnderWay: 'Otro registro suyo está en curso. Espere un minuto y envíelo otra vez.',
	reasonOfOther:
		'Recibimos otro registro al mismo tiempo. Espere un minuto y envíelo otra vez. Si vuelve a pasar, avísenos.',
	reasonCode: 'Este código no es correcto.',
	reasonLink: 'Este enlace no es válido. Pídanos otro.',
	reasonLinkOver: 'Este enlace ya venció. Pídanos otro.',
	reasonNoCode: 'Este código no se puede comprobar. Pida otro código con el botón de abajo.',
	reasonTriedOut: 'Hubo demasiados intentos. Pida otro código con el botón de abajo.',
	reasonPhone:
		'El número de teléfono no se puede cambiar aquí. Por favor, comuníquese con nosotros.',
	reasonNoPage: 'No hay ninguna página en esta dirección. Pídanos la correcta.',
	reasonLater: 'Hay demasiada actividad en este momento. Inténtelo otra vez en unos minutos.',
	reasonInput:
		'Algo de lo que escribió no se aceptó. Revise su nombre, su dirección y su tarjeta, o comuníquese con nosotros.',
	reasonInputOfCode:
		'No se aceptó. Revise el código y el número de teléfono, o comuníquese con nosotros.',
	reasonOurs: 'Hay un problema de nuestra parte. Avísenos, o inténtelo más tarde.',

	pageNotReady: 'Esta página todavía no está disponible. Inténtelo más tarde.',
	pageForInvited:
		'Esta página solo se abre con una invitación. Abra el enlace de su invitación, o pídanos una. Si su cuenta ya está lista, no tiene que hacer nada más.',
	pageNeedsPassword: 'Esta página necesita un nombre de usuario y una contraseña.',
	pageNeedsScript:
		'Esta página necesita JavaScript: su tarjeta se cifra en este navegador antes de enviarse. Active JavaScript y cargue la página otra vez.',
	pageNeedsHttps:
		'Esta página necesita una dirección que empiece con https: solo ahí su navegador puede cifrar su tarjeta. Por favor, pida la dirección https de esta página.',

	mistake_field_value_required: 'no puede quedar en blanco',
	mistake_not_text: 'escriba texto',
	mistake_damaged_text: 'tiene caracteres que no se pueden leer. Escriba este dato otra vez',
	mistake_not_a_value: 'no es un dato, sino lo que deja un programa. Escriba este dato otra vez',
	mistake_invalid_string_length: 'tiene más de {longest} caracteres',
	mistake_not_full_name: 'escriba su nombre y apellido',
	mistake_not_email: 'escriba un correo como nombre@ejemplo.com',
	mistake_not_plain_email: 'use solo letras sin acentos ni ñ',
	mistake_not_phone: 'escriba un número de Estados Unidos de diez dígitos',
	mistake_not_us_phone:
		'escriba un número de Estados Unidos o sus territorios; no se aceptan números gratuitos (800) ni de tarifa especial (900)',
	mistake_terms_not_accepted: 'acepte los términos y condiciones para continuar',
	mistake_invalid_address: 'no se aceptan apartados postales (P.O. Box)',
	mistake_not_state: 'elija un estado o territorio de Estados Unidos',
	mistake_not_zip: 'escriba cinco o nueve dígitos, como 78756 o 78756-1234',
	mistake_not_residential: 'elija una de las opciones',
	mistake_not_card_number: 'no es válido; revise los dígitos',
	mistake_brand_unknown: 'solo se aceptan estas marcas: {brands}',
	mistake_not_month: 'escriba un mes del 01 al 12',
	mistake_not_year: 'escriba un año de dos o cuatro dígitos, como 2028',
	mistake_not_month_and_year: 'escriba el mes y el año, como 07 / 28',
	mistake_card_expired: 'la tarjeta ya venció',
	mistake_expiry_too_far: 'la fecha es demasiado lejana. Revise el año',
	mistake_not_verification_code: 'escriba solo los dígitos del mensaje de texto',
};
